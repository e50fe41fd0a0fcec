// All loops, labels, break and continue.
const out = [];
for (let i = 0, j = 10; i < j; i += 3, j--) out.push(i + ':' + j);
let k = 0;
while (true) { if (++k > 5) break; if (k % 2) continue; out.push(k); }
do { k--; } while (k > 3);
out.push(k);
outer: for (let a = 0; a < 3; a++) { for (let b = 0; b < 3; b++) { if (b === 1) continue outer; if (a === 2) break outer; out.push(a + '' + b); } }
block: { out.push('in'); if (out.length) break block; out.push('never'); }
for (; ;) { break; }
console.log(out);
const o = { b: 1, a: 2, 10: 'x', 9: 'y', [Symbol('s')]: 3 };
for (const key in o) console.log(key, o[key]);
for (const i in 'ab') console.log(i, typeof i);
for (const i in [7, , 8]) console.log(i);
class P { constructor() { this.own = 1; } }
P.prototype.inherited = 2;
for (const key in new P()) console.log(key);
const gone = { a: 1, b: 2, c: 3 };
for (const key in gone) { console.log(key); delete gone.b; gone.d = 4; }
for (const key in null) console.log('never');
let v; for (v of [1, 2, 3]); console.log(v);
for (o.target of ['t']); console.log(o.target);
let n = 3; while (n --> 0) console.log(n);
x: y: for (const q of [1, 2]) { continue x; }
