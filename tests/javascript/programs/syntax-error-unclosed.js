// The end comes too early.
console.log('never');
function f() {
  if (true) {
    return 1;
}
