// An object's own inspect function is given the depth left, the options and inspect itself.
const util = require('util');
class Box {
  constructor(value) { this.value = value; }
  [util.inspect.custom](depth, options, inspect) {
    if (depth < 0) return options.stylize('[Box]', 'special');
    const inner = inspect(this.value, { ...options, depth: options.depth === null ? null : options.depth - 1 });
    return `Box<${inner.replace(/\n/g, '\n    ')}>`;
  }
}
console.log(new Box(true), [new Box({ a: { b: 1 } })]);
console.log({ one: { two: { three: new Box(1) } } });
console.log(util.inspect(new Box([1, 'x']), { colors: true }) === 'Box<[ \x1b[33m1\x1b[39m, \x1b[32m\'x\'\x1b[39m ]>');
console.log(util.inspect(new Box(new Box(null)), { customInspect: false }));
