'use strict';
const f = async ({ a, b: [c = 1, ...d], ...e } = {}, ...g) => { await (a ?? b?.[c]?.(d)); };
x = a ? (b, c) : [, 1, ...d], ({ a, 'b': 1, [c]: 2, get d () { return 1; }, set d (v) {}, async *e () { yield* 1; }, __proto__: null });
[a.b, c[d] = 1, { e, f: g = 2, ...h }] = i; a &&= b ||= c ??= (-(d ** 2)) ** e; tag`x${y}\u{z}`; new A (...b).c?.d;
