// Making arrays, length, holes, push and pop and their like.
const a = [1, 2, 3];
console.log(a.push(4, 5), a.pop(), a.shift(), a.unshift(0, 0.5), a, a.length);
console.log(new Array(3), new Array(3).fill(0), Array(1, 2), Array.of(7), Array.from('abc'), Array.from({ length: 3 }, (_, i) => i * i), Array.isArray([]), Array.isArray({ length: 0 }));
const h = [1, , 3, , ,]; console.log(h, h.length, 1 in h, h[1]);
h[8] = 'far'; console.log(h, h.length); h.length = 2; console.log(h); h.length = 0; console.log(h);
const b = []; b[2] = 'x'; b['1'] = 'y'; b['01'] = 'named'; b.prop = true; b[-1] = 'neg'; b[1.5] = 'frac'; console.log(b, b.length, Object.keys(b));
try { b.length = -1; } catch (e) { console.log(e.message); }
console.log([1, 2, 3].length = 5, [[]].length, [...Array(2)], [,].length, [, 'a'][0]);
console.log([1, [2, [3, [4]]]].flat(), [1, [2, [3, [4]]]].flat(Infinity), [1, 2].flatMap((x) => [x, [x * 2]]));
console.log([1, 2, 3].at(-1), [1, 2, 3].at(5), [5, 6].concat(7, [8, [9]]), [1, 2, 3].join('-'), [null, undefined, 1, [2, 3]].join(), [1, 2, 3].reverse());
console.log([1, 2, 3, 4, 5].slice(1, -1), [1, 2, 3].slice(-2), [1, 2, 3, 4, 5].copyWithin(0, 3), [1, 2, 3].includes(NaN), [NaN].includes(NaN), [NaN].indexOf(NaN));
const s = [1, 2, 3, 4, 5]; console.log(s.splice(1, 2, 'a', 'b', 'c'), s, s.splice(-1), s, s.splice(1), s, s.splice(0, 0, 'z'), s);
console.log([1, 2, 3, 2].indexOf(2), [1, 2, 3, 2].lastIndexOf(2), [1, 2].indexOf('1'), [3, 4].keys().next(), [...[3, 4].values()]);
console.log([1, 2, 3].fill(9, 1), [1, 2, 3].fill(9, -1), String([1, [2, 3]]), [] + '', [1, 2].toString(), [1.5, 1000].toLocaleString());
const big = []; for (let i = 0; i < 1000; i++) big.push(i); let sum = 0; for (const v of big) sum += v; console.log(big.length, sum, big[999]);
const q = []; for (let i = 0; i < 100; i++) { q.push(i); if (i % 3 === 0) q.shift(); } console.log(q.length, q[0], q.at(-1));
