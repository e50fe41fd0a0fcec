// Error and its subclasses: properties, causes, own classes.
const e = new Error('message', { cause: 'why' });
console.log(e.message, e.name, e.cause, String(e), Object.keys(e), 'stack' in e, typeof e.stack, e.stack.split('\n')[0]);
for (const E of [TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError]) {
  const x = new E('m');
  console.log(x.name, x.message, x instanceof Error, x instanceof E, Object.prototype.toString.call(x), `${E('no new')}`);
}
class NotFound extends Error { constructor(what) { super(`${what} not found`); this.name = 'NotFound'; this.what = what; } }
const nf = new NotFound('page');
console.log(`${nf}`, nf.what, nf instanceof NotFound, nf instanceof Error, nf.stack.split('\n')[0], Object.keys(nf));
const all = new AggregateError([new Error('a'), new Error('b')], 'several');
console.log(all.message, all.errors.length, all.name);
console.log(Error.prototype.toString.call({ name: 'N', message: 'm' }), Error.prototype.toString.call({}), new Error().message === '');
console.log(new Error(undefined).hasOwnProperty('message'), new Error(5).message, Error.prototype.name);
const tests = [() => null.a, () => undefined.b.c, () => (void 0)(), () => ({}).f(), () => { let q = 1; q(); }, () => new 5, () => [].reduce((a) => a),
  () => 'x' in 'y', () => ({}) instanceof 5, () => Symbol() + '', () => new Array(-1), () => 'a'.repeat(-1), () => (1).toFixed(101), () => null[Symbol.iterator],
  () => [...5], () => new (class A { constructor() { this.x.y; } })(), () => Object.defineProperty(1, 'a', {}), () => { 'use strict'; undefinedVariable = 1; },
  () => { 'use strict'; Object.freeze([1]).push(2); }, () => { null.foo = 1; }, () => JSON.parse('{bad'), () => BigInt(1.5), () => 1n + 1, () => decodeURIComponent('%')];
for (const t of tests) { try { console.log('no error', t()); } catch (err) { console.log(err.name + ': ' + err.message); } }
