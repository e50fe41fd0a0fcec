// Shorthand, computed names, methods, spread, duplicate names, __proto__.
const x = 1, y = 2, key = 'dyn';
const o = { x, y, [key]: 3, [`${key}2`]: 4, m() { return 'm'; }, async am() { }, *gm() { }, async *agm() { }, 'quoted-name': 5, 7: 'seven', 1.5: 'frac', get a() { return 1; }, [Symbol.for('s')]: 's', fn: function () { }, arrow: () => { } };
console.log(o);
console.log({ a: 1, a: 2 }, { ...{ a: 1, b: 2 }, b: 3 }, { a: 1, ...{ a: 9 } }, { ...[1, 2], ...'z' }, { if: 1, class: 2, get: 3, set: 4, async: 5, static: 6 });
console.log(o.m.name, o.fn.name, o[key], Object.keys(o), { 0x10: 1, 1e3: 2, '007': 3 });
const nested = { level1: { level2: { level3: { level4: 'deep' } } } }; console.log(nested);
const dict = {}; for (let i = 0; i < 50; i++) dict['key' + i] = i; for (let i = 0; i < 50; i += 2) delete dict['key' + i];
console.log(Object.keys(dict).length, dict.key49, dict.key48, dict);
const two = { a: 1, b: 2 }; delete two.a; two.a = 3; console.log(two, JSON.stringify(two));
console.log(({}).constructor === Object, { toString() { return 'custom'; } } + '', { valueOf() { return 7; } } * 6);
const proto = { greet() { return super.toString() + this.n; } }; const child = { __proto__: proto, n: 1, greet() { return 'child:' + super.greet(); } }; console.log(child.greet(), child);
let counter = 0; console.log({ [counter++]: counter++, [counter++]: counter++ });
const wide = { alpha: 'aaaaaaaaaaaaaa', beta: 'bbbbbbbbbbbbbbbb', gamma: 'cccccccccccccccc', delta: 'dddddddddd' }; console.log(wide);
