// Defaults, rest, spread, arguments, and the length and name of functions.
function f(a, b = a + 1, ...rest) { return [a, b, rest, arguments.length]; }
console.log(f(1), f(1, undefined, 3), f(1, null, 3, 4), f(...[1, 2], 3, ...'xy'));
console.log(f.length, ((a, b) => 1).length, ((a, b = 1, c) => 1).length, ((...r) => 1).length);
console.log(Math.max(...[3, 9, 4], 5), [...'héé', ...[1, , 3]], { ...{ a: 1 }, b: 2, ...null, ...'hi' });
function args() { arguments[0] = 'changed'; return [arguments.length, ...arguments, typeof arguments]; }
console.log(args(1, 2, 3));
function sloppy(a) { arguments[0] = 9; return a; }
function strict(a) { 'use strict'; arguments[0] = 9; return a; }
console.log(sloppy(1), strict(1));
console.log(Array.prototype.slice.call((function () { return arguments; })(1, 2, 3), 1));
let calls = 0;
const lazy = (x = ++calls) => x;
lazy(); lazy(5); lazy();
console.log(calls);
const named = function () { }, arrow = () => { }, { method } = { method() { } };
console.log(named.name, arrow.name, method.name, (() => { }).name === '', (class Q { }).name, f.bind().name);
function over(a, a2 = () => a) { var a = 5; return [a, a2()]; }
console.log(over(1));
console.log((function () { return typeof this; }).call(5), (function () { 'use strict'; return typeof this; }).call(5));
