// typeof, instanceof, in, delete, void, comma, the conditional.
console.log(typeof 1, typeof 'a', typeof true, typeof undefined, typeof null, typeof {}, typeof [], typeof (() => 1), typeof class { }, typeof Symbol(), typeof 1n);
console.log([] instanceof Array, [] instanceof Object, (() => 1) instanceof Function, Object.create(null) instanceof Object, 5 instanceof Number, new Number(5) instanceof Number);
class Even { static [Symbol.hasInstance](n) { return n % 2 === 0; } }
console.log(2 instanceof Even, 3 instanceof Even);
const o = { a: 1, b: undefined, 5: 5 };
console.log('a' in o, 'b' in o, 'c' in o, 5 in o, '5' in o, 'toString' in o, 0 in [1], 1 in [1], 'length' in []);
console.log(delete o.a, delete o.zzz, o, delete o[5], Object.keys(o));
const arr = [1, 2, 3]; delete arr[1]; console.log(arr, arr.length, 1 in arr);
console.log(delete Object.freeze({ x: 1 }).x, (() => { 'use strict'; try { delete Object.freeze({ x: 1 }).x; } catch (e) { return e.message; } })());
console.log(void 0, (1, 2, 3), 1 ? 2 : 3, 0 ? 1 : 0 ? 2 : 3, !0, !!'x');
var declared = 1; let local = 1;
console.log(delete declared, typeof declared, delete globalThis.nothing);
console.log('' + {} + [] + null + undefined + true + 1 + -0 + [1, [2, 3]] + (() => 1));
console.log([] + [], [] + 1, [1] * [2], '3' * '4', '3' + 4, '3' - 1, true + true, null + 1, undefined + 1, 'b' + 'a' + +'a' + 'a');
const bound = function () { return this?.v; }.bind({ v: 'bound' });
console.log(bound(), bound.call({ v: 'other' }), new bound() instanceof bound);
