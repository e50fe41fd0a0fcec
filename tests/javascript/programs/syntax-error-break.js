// break outside of a loop.
console.log('never');
if (true) {
  break;
}
