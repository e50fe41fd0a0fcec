// A list of nodes: push, reverse, remove, to array.
class Node { constructor(value, next = null) { this.value = value; this.next = next; } }
class List { head = null; size = 0; add(v) { this.head = new Node(v, this.head); this.size++; return this; } reverse() { let p = null, c = this.head; while (c) [c.next, p, c] = [p, c, c.next]; this.head = p; return this; } remove(v) { for (let r = this, k = 'head'; r[k]; r = r[k], k = 'next') if (r[k].value === v) { r[k] = r[k].next; this.size--; return true; } return false; } *[Symbol.iterator]() { for (let n = this.head; n; n = n.next) yield n.value; } }
const l = new List().add(1).add(2).add(3); console.log([...l], [...l.reverse()], l.remove(2), l.remove(9), l.size, l);
let long = null; for (let i = 0; i < 5000; i++) long = new Node(i, long); let n = 0; for (let c = long; c; c = c.next) n += c.value; console.log(n);
