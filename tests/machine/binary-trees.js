// What plugins/scenarios/binary-trees performs, for Node: node binary-trees.js DEPTH
'use strict';

class T {
  constructor (l, r) {
    this.l = l;
    this.r = r;
  }
}

function make (d) {
  return d === 0 ? new T (null, null) : new T (make (d - 1), make (d - 1));
}

function check (t) {
  return t.l === null ? 1 : 1 + check (t.l) + check (t.r);
}

const depth = Number (process.argv[2]);
let nodes = check (make (depth + 1));
const long = make (depth);

for (let d = 4; d <= depth; d += 2) {
  for (let i = 0; i < 1 << (depth - d + 4); i++) nodes += check (make (d));
}
console.log (nodes + check (long));
