// forEach, map, filter, find, some, every, reduce and their arguments.
const a = [5, 1, 4];
a.forEach((v, i, all) => console.log(v, i, all === a));
console.log(a.map((v) => v * 2), a.filter((v) => v > 1), a.find((v) => v < 5), a.findIndex((v) => v < 5), a.findLast((v) => v < 5), a.findLastIndex((v) => v > 9));
console.log(a.some((v) => v > 4), a.every((v) => v > 4), [].every(() => false), [].some(() => true), a.reduce((s, v) => s + v), a.reduceRight((s, v) => s + '-' + v, ''));
console.log(a.reduce((acc, v, i) => ({ ...acc, [i]: v }), {}), ['1', '2', '3'].map(parseInt), ['1', '2'].map(Number), [0, 1, ''].filter(Boolean));
const holes = [1, , 3]; let n = 0; holes.forEach(() => n++);
console.log(n, holes.map((v) => v + 1), holes.filter(() => true), holes.every((v) => v), holes.find((v) => v === undefined), holes.findIndex((v) => v === undefined), holes.reduce((x, y) => x + y));
console.log([1, 2].map(function () { return this.k; }, { k: 'ctx' }), Array.prototype.map.call('abc', (c) => c + c), Array.prototype.filter.call({ length: 3, 0: 'a', 2: 'c' }, () => true));
const grow = [1, 2, 3]; console.log(grow.map((v) => { if (grow.length < 6) grow.push(v); return v; }), grow);
const shrink = [1, 2, 3, 4]; const seen = []; shrink.forEach((v) => { seen.push(v); shrink.pop(); }); console.log(seen);
try { [].reduce((x) => x); } catch (e) { console.log(e.message); }
try { [1].map('f'); } catch (e) { console.log(e.message); }
try { [1].forEach(); } catch (e) { console.log(e.message); }
try { [1].forEach(() => { throw new Error('from callback'); }); } catch (e) { console.log(e.message); }
const by = {}; for (const w of ['apple', 'bob', 'cat', 'apricot']) (by[w[0]] ??= []).push(w); console.log(by);
console.log([[1, 'a'], [2, 'b']].map(([k, v]) => ({ k, v })), Object.groupBy ? 'has groupBy' : 'no groupBy');
console.log([3, 1, 2].toSorted(), [1, 2, 3].toReversed(), [1, 2, 3].with(1, 'x'), [1, 2, 3].toSpliced(1, 1, 'y', 'z'), Array.from(new Set([1, 1, 2]), (x) => x + 1));
