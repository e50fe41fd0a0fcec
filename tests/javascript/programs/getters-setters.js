// Accessors in literals and by defineProperty, enumerability, inheritance of setters.
const o = { first: 'Ann', last: 'Lee', get full() { return `${this.first} ${this.last}`; }, set full(v) { [this.first, this.last] = v.split(' '); }, get ['dyn' + 1]() { return 1; } };
console.log(o.full, o);
o.full = 'Bob Ray';
console.log(o.first, o.last, o.dyn1, JSON.stringify(o), Object.keys(o));
const t = {};
Object.defineProperty(t, 'hidden', { value: 1 });
Object.defineProperty(t, 'shown', { get() { return 'g'; }, enumerable: true, configurable: true });
t.hidden = 2;
console.log(t, t.hidden, Object.keys(t), Object.getOwnPropertyDescriptors(t));
(function () { 'use strict'; try { t.hidden = 3; } catch (e) { console.log(e.message); } try { t.shown = 3; } catch (e) { console.log(e.message); } })();
try { Object.defineProperty(t, 'hidden', { value: 9 }); } catch (e) { console.log(e.message); }
const parent = { _v: 1, get v() { return this._v; }, set v(x) { this._v = x * 2; } };
const child = Object.create(parent);
child.v = 5;
console.log(child.v, parent.v, child.hasOwnProperty('_v'), child.hasOwnProperty('v'));
class Temp { static #c = 0; static get celsius() { return this.#c; } static set celsius(v) { this.#c = v; } get only() { return 'read'; } }
Temp.celsius = 21; console.log(Temp.celsius);
const temp = new Temp(); temp.only = 1; console.log(temp.only, temp);
const lazy = { get data() { console.log('computing'); Object.defineProperty(this, 'data', { value: 42 }); return 42; } };
console.log(lazy.data, lazy.data);
console.log({ get a() { return 1; } }, { set a(v) { } }, { get a() { return 1; }, set a(v) { } });
