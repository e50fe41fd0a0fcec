/* binary-trees.js - trees made, walked and forgotten, to a depth of 14 */
function Node(left, right) { this.left = left; this.right = right; }
function make(depth) { return depth === 0 ? new Node(null, null) : new Node(make(depth - 1), make(depth - 1)); }
function check(node) { return node.left === null ? 1 : 1 + check(node.left) + check(node.right); }
var say = typeof print === 'function' ? print : console.log, MOST = 14, kept = make(MOST), depth, i, n, sum;
say('stretch tree of depth ' + (MOST + 1) + ' check: ' + check(make(MOST + 1)));
for (depth = 4; depth <= MOST; depth += 2) {
  n = 1 << (MOST - depth + 4);
  for (sum = 0, i = 0; i < n; i++) sum += check(make(depth));
  say(n + ' trees of depth ' + depth + ' check: ' + sum);
}
say('long lived tree of depth ' + MOST + ' check: ' + check(kept));
