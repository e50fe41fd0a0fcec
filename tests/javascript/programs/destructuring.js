// Patterns in declarations, assignments, parameters and loops.
const [a, , b = 10, ...rest] = [1, 2, undefined, 4, 5];
console.log(a, b, rest);
const { x, y: { z = 3, ...others } = {}, ['com' + 'puted']: c, ...more } = { x: 1, y: { p: 1, q: 2 }, computed: 'c', m: 0, n: 0 };
console.log(x, z, others, c, more);
let p = 1, q = 2;
[p, q] = [q, p];
console.log(p, q);
const o = {};
({ a: o.first, b: o['second'], c: [o.third] } = { a: 1, b: 2, c: 'xyz' });
console.log(o);
function area({ width = 1, height = width } = {}, [unit = 'm'] = []) { return width * height + unit; }
console.log(area(), area({ width: 3 }), area({ width: 2, height: 5 }, ['cm']));
for (const [k, { v }] of Object.entries({ one: { v: 1 }, two: { v: 2 } })) console.log(k, v);
for (const { length } of ['a', 'bbb']) console.log(length);
try { const { nope } = null; } catch (e) { console.log(e.message); }
try { const [nope] = {}; } catch (e) { console.log(e.message); }
try { (({ deep: { er } }) => er)({}); } catch (e) { console.log(e.message); }
const log = [];
const { [(log.push('key'), 'k')]: v = (log.push('default'), 1) } = {};
console.log(v, log);
const [m, n] = new Map([['k1', 1], ['k2', 2]]);
console.log(m, n);
console.log((([h, ...t]) => t)('hello'));
let i = 0; const arr = [];
[arr[i++], arr[i++]] = ['zero', 'one'];
console.log(arr, i);
