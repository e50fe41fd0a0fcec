// What "use strict" changes.
'use strict';
const tries = {
  undeclared() { nowhere = 1; }, frozen() { Object.freeze({ a: 1 }).a = 2; }, sealed() { delete Object.seal({ a: 1 }).a; }, preventExt() { Object.preventExtensions({}).b = 1; },
  primitive() { 'str'.prop = 1; }, length() { 'str'.length = 1; }, readonly() { Object.defineProperty({}, 'x', { value: 1 }).x = 2; }, getter() { ({ get a() { return 1; } }).a = 2; },
  undef() { undefined = 1; }, inf() { globalThis.Infinity = 1; }, callee() { return arguments.callee; }, arrayLength() { Object.freeze([1, 2]).length = 0; }, fnName() { (function f() { f = 1; })(); },
};
for (const [name, f] of Object.entries(tries)) { try { f(); console.log(name, 'no error'); } catch (e) { console.log(name, e.name, e.message); } }
console.log((function () { return this; })(), (function () { return this; }).call(7), typeof (function () { return this; }).call('s'));
function params(a) { a = 2; return arguments[0]; }
console.log(params(1));
{ function scoped() { } } console.log(typeof scoped);
class AlwaysStrict { static m() { return this; } } const { m } = AlwaysStrict; console.log(m());
