// await outside of async functions.
console.log('never');
function load() {
  const x = await fetch();
}
