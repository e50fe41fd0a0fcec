// The report of an endless recursion that nobody catches shows ten frames.
function recurse(n) {
  return recurse(n + 1) + 1;
}
recurse(0);
