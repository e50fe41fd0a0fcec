// util.inspect: how deep, how wide, in what order, in colours.
const { inspect } = require('util');
const order = { id: 7, lines: [{ sku: 'a', parts: { left: { n: 1 } } }], note: null };
console.log(inspect(order, { depth: 0 }));
console.log(inspect(order, { depth: null }));
console.log(inspect(order, { compact: false }));
console.log(inspect(order, { compact: true, breakLength: 40 }));
console.log(inspect(order, { breakLength: Infinity }));
console.log(JSON.stringify(inspect(order, false, null, true)));
console.log(JSON.stringify(inspect([1, 2n, 'x', true, undefined, Symbol('s'), /r/, new Date(0), , () => 1], { colors: true })));
console.log(inspect({ b: 1, a: 2 }, { sorted: true }), inspect({ a: 1, b: 2 }, { sorted: (x, y) => (x < y ? 1 : -1) }));
console.log(inspect({ get a() { return { x: 1 }; }, get b() { throw new Error('no'); }, set c(v) {} }, { getters: true }));
console.log(inspect([1234567.891, -12345n], { numericSeparator: true }), inspect('abcdef', { maxStringLength: 2 }));
console.log(inspect([1, 2, 3], { maxArrayLength: 1 }), inspect([1], { showHidden: true }));
console.dir({ a: { b: { c: {} } } }, { depth: 0 });
inspect.defaultOptions.depth = null;
console.log({ a: { b: { c: { d: { e: 1 } } } } });
