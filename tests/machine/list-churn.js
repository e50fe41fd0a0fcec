// What plugins/scenarios/list-churn performs, for Node: node list-churn.js NODES WINDOW
'use strict';

function Node (v) {
  this.v = v;
  this.next = null;
}

const nodes = Number (process.argv[2]);
const window = Number (process.argv[3]);
let head = new Node (0);
let tail = head;
let live = 1;
let sum = 0;

for (let i = 1; i < nodes; i++) {
  const x = new Node (i);

  tail.next = x;
  tail = x;
  if (++live > window) {
    sum += head.v;
    head = head.next;
    live--;
  }
}
console.log (sum);
