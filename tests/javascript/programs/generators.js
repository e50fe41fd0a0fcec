// Generators: values in and out, delegation, return and throw, infinite sequences.
function* naturals() { let n = 0; while (true) yield n++; }
function* take(n, it) { for (const v of it) { if (n-- <= 0) return; yield v; } }
console.log([...take(5, naturals())]);
function* talk() { const a = yield 'first'; console.log('got', a); try { const b = yield 'second'; console.log('got', b); } catch (e) { console.log('caught', e); yield 'after'; } finally { console.log('cleanup'); } return 'end'; }
let g = talk();
console.log(g.next('ignored'), g.next('A'), g.next('B'), g.next());
g = talk(); g.next(); g.next();
console.log(g.throw('oops'), g.next());
g = talk(); g.next(); g.next();
console.log(g.return('early'), g.next());
function* inner() { const x = yield 1; console.log('inner got', x); return 'inner value'; }
function* outer() { const v = yield* inner(); console.log(v); yield* [10, 20]; yield* 'hi'; }
g = outer(); console.log(g.next(), g.next('X'), [...g]);
const o = { *items() { yield* [1, 2]; }, *[Symbol.iterator]() { yield 'self'; } };
console.log([...o.items()], [...o]);
class Tree { constructor(v, l, r) { Object.assign(this, { v, l, r }); } *[Symbol.iterator]() { if (this.l) yield* this.l; yield this.v; if (this.r) yield* this.r; } }
console.log([...new Tree(2, new Tree(1), new Tree(4, new Tree(3), new Tree(5)))]);
function* fib() { let [a, b] = [0, 1]; for (; ;) { yield a;[a, b] = [b, a + b]; } }
for (const f of fib()) { if (f > 50) break; console.log(f); }
console.log(Object.prototype.toString.call(g), typeof g.next, g instanceof outer, naturals());
function* self() { try { g2.next(); } catch (e) { console.log(e.message); } yield 1; }
const g2 = self(); g2.next();
const [p, q, ...none] = (function* () { yield 1; yield 2; })(); console.log(p, q, none);
