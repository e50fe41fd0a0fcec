// Loose and strict comparison, ordering of mixed kinds, truthiness.
const kinds = [undefined, null, false, true, 0, 1, NaN, '', '0', '1', 'a', [], [0], {}];
for (const a of kinds) console.log(kinds.map((b) => (a === b ? 3 : 0) || (a == b ? 2 : 0)).join(''));
console.log(null == 0, null >= 0, undefined == null, NaN != NaN, 'b' > 'a', 'B' > 'a', '10' < '9', '10' < 9, 2 < '10');
console.log([2] > 1, [1, 2] == '1,2', ({}) == '[object Object]', null < 1, undefined < 1, 'x' < 1, true < 2);
for (const v of [0, -0, NaN, '', ' ', '0', null, undefined, [], {}, false]) console.log(!!v, v ? 'yes' : 'no', v && 1, v || 2, v ?? 3);
const d = { valueOf() { return 42; }, toString() { return 'text'; } };
console.log(d + 1, d * 2, `${d}`, d == 42, d > 41, d + 'x', String(d));
const p = { [Symbol.toPrimitive](hint) { return hint; } };
console.log(p + '', `${p}`, +p, p == 'default', p < 1);
