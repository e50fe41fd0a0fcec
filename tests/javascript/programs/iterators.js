// The iteration protocol: own iterables, early ends, spreading.
class Range {
  constructor(from, to) { this.from = from; this.to = to; }
  [Symbol.iterator]() { let n = this.from, to = this.to; return { next: () => n <= to ? { value: n++, done: false } : { value: undefined, done: true }, return() { console.log('closed'); return {}; } }; }
}
const r = new Range(1, 5);
console.log([...r], Array.from(r, (x) => x * x), Math.max(...r), new Set(r).size);
for (const n of r) { if (n === 3) break; console.log(n); }
try { for (const n of r) throw new Error('out'); } catch (e) { console.log(e.message); }
const [a, b] = r; console.log(a, b);
const [x, ...rest] = r; console.log(x, rest);
const it = [1, 2][Symbol.iterator]();
console.log(it.next(), it.next(), it.next(), it[Symbol.iterator]() === it, Object.prototype.toString.call(it));
console.log([...'a😀b'], [...new Map([[1, 2]]).keys()], [...[5, 6].entries()], [...new Set('aab')]);
const m = new Map(Object.entries({ p: 1, q: 2 }));
for (const [k, v] of m) console.log(k, v);
const list = [1, 2]; const seen = [];
for (const v of list) { seen.push(v); if (list.length < 5) list.push(v * 10); }
console.log(seen);
try { for (const q of { [Symbol.iterator]() { return 5; } }); } catch (e) { console.log(e.message); }
try { for (const q of 5); } catch (e) { console.log(e.message); }
console.log(Object.fromEntries(r[Symbol.iterator]().next ? [['has', true]] : []));
label: for (const i of r) { for (const j of r) { if (j === 2) continue label; if (i === 2) break label; } }
