// Symbols as keys, well-known ones, the registry.
const s = Symbol('desc'), o = { [s]: 1, plain: 2 };
console.log(o, o[s], s.toString(), s.description, Symbol().description, Symbol('a') === Symbol('a'));
console.log(Symbol.for('app') === Symbol.for('app'), Symbol.keyFor(Symbol.for('app')), Symbol.keyFor(s));
console.log(Object.keys(o), Object.getOwnPropertySymbols(o), JSON.stringify(o), Reflect.ownKeys(o));
for (const k in o) console.log(k);
class Money { constructor(v) { this.v = v; } get [Symbol.toStringTag]() { return 'Money'; } [Symbol.toPrimitive](h) { return h === 'number' ? this.v : `$${this.v}`; } }
const m = new Money(5);
console.log(`${m}`, m * 2, m + 1, Object.prototype.toString.call(m), m);
console.log([1].concat({ length: 2, 0: 'a', 1: 'b', [Symbol.isConcatSpreadable]: true }));
class List extends Array { static get [Symbol.species]() { return Array; } }
const l = List.of(1, 2); console.log(l instanceof List, l.map((x) => x) instanceof List, l);
try { s + ''; } catch (e) { console.log(e.message); }
try { new Symbol(); } catch (e) { console.log(e.message); }
console.log(Object(s) == s, typeof Object(s), [s], { s }, String(s), s ? 1 : 0);
console.log(Symbol.iterator, Symbol.asyncIterator.toString(), typeof Symbol.hasInstance);
const copy = { ...o }, assigned = Object.assign({}, o);
console.log(copy[s], assigned[s], s in copy, delete copy[s], copy);
