// Map and Set: keys of any kind, order, changes while iterating.
const m = new Map([['a', 1], [1, 'number'], ['1', 'string'], [NaN, 'nan'], [null, 'null'], [undefined, 'undef']]);
console.log(m.size, m.get(1), m.get('1'), m.get(NaN), m.get(null), m.get(undefined), m.get('zz'), m.has('a'), m.has('b'), m);
const key = {}; m.set(key, 'object').set(-0, 'zero'); console.log(m.get(key), m.get({}), m.get(0), [...m.keys()].at(-1), m.delete('a'), m.delete('a'), m.size);
m.set('a', 'again'); console.log([...m].at(-1), [...m.values()].length, m.forEach((v, k, map) => { if (k === 'a') console.log(v, map === m); }));
const s = new Set([1, '1', 1, NaN, NaN, 0, -0, {}, {}]); console.log(s, s.size, s.has(NaN), s.add(5) === s, s.delete(1), [...s].length, [...s.entries()][0]);
const grow = new Map([[0, 0]]); let turns = 0; for (const [k] of grow) { if (turns++ < 5) grow.set(k + 1, k); } console.log(grow);
const del = new Set([1, 2, 3, 4, 5]); const seen = []; for (const v of del) { seen.push(v); del.delete(v + 1); if (v === 3) del.add(9); } console.log(seen, del);
const big = new Map(); for (let i = 0; i < 1000; i++) big.set('k' + i, i); for (let i = 0; i < 1000; i += 3) big.delete('k' + i); let sum = 0; for (const v of big.values()) sum += v; console.log(big.size, sum, big.get('k500'), big.get('k501'));
big.clear(); console.log(big, big.size, [...big], new Map().set('x', new Map([['y', new Set([1])]])));
const a = new Set([1, 2, 3]), b = new Set([2, 3, 4]); console.log(new Set([...a].filter((x) => b.has(x))), new Set([...a, ...b]), [...a].filter((x) => !b.has(x)));
console.log(new Map([[{ k: 1 }, [1, 2]]]), Object.fromEntries(new Map([['x', 1]])), new Map(Object.entries({ p: 1 })), [...new Set('hello')].join(''), Object.prototype.toString.call(m), m instanceof Map, Map.name, Map.length);
const it = a.values(); console.log(it.next(), it, a.keys === a.values, m.entries === m[Symbol.iterator], a[Symbol.iterator]().next());
for (const bad of [() => Map(), () => new Map([1]), () => new Map(5), () => Map.prototype.get.call({}, 1), () => new Set(5)]) try { bad(); } catch (e) { console.log(e.message); }
const counts = new Map(); for (const c of 'mississippi') counts.set(c, (counts.get(c) ?? 0) + 1); console.log(counts, [...counts].sort((x, y) => y[1] - x[1] || (x[0] < y[0] ? -1 : 1)));
class LRU { constructor(n) { this.n = n; this.m = new Map(); } get(k) { const v = this.m.get(k); if (v !== undefined) { this.m.delete(k); this.m.set(k, v); } return v; } set(k, v) { this.m.delete(k); this.m.set(k, v); if (this.m.size > this.n) this.m.delete(this.m.keys().next().value); } }
const l = new LRU(2); l.set('a', 1); l.set('b', 2); l.get('a'); l.set('c', 3); console.log(l);
