// super.x is read, written and called; the receiver stays this
class Base {
  constructor() { this._v = 1; }
  get v() { return this._v; }
  set v(value) { console.log('set v', value); this._v = value; }
  m(...list) { return [this._v, ...list]; }
  tag(strings, ...values) { return strings.join('|') + values; }
  static s = 5;
  static make(...list) { return list; }
}
class Derived extends Base {
  write() { super.v = 10; return this._v; }
  add() { super.v += 5; return this._v; }
  count() { return [super.v++, ++super.v, super['v']--, this._v]; }
  keyed(key) { super[key] = 3; super[key] **= 2; super[key] ||= 7; super.zero ??= 'was nothing'; return super[key]; }
  own() { super.fresh = 'own'; return [Object.keys(this), super.fresh, this.fresh]; }
  call() { return [super.m(1), super['m'](2, 3), super.m(...[4, 5]), super.m?.(6), super.absent?.(7)]; }
  tagged() { return [super.tag`a${1}b`, super['tag']`c${2}d`]; }
  arrow() { return [1, 2].map((x) => super.m(x)); }
  take() { [super.v, super['other']] = [20, 21]; ({ a: super.v } = { a: 22 }); return [this._v, this.other]; }
  loop() { for (super.v of [1, 2]); for (super.name in { k: 1 }); return [this._v, this.name]; }
  missing() { return super.nothing(); }
  static more() { super.s = 6; return [super.s, this.s, Base.s, super.make(...'ab'), delete this.s]; }
}
const d = new Derived();
console.log(d.write(), d.add(), d.count(), d.keyed('v'), d.zero);
console.log(d.own(), d.call(), d.tagged(), d.arrow(), d.take(), d.loop());
console.log(Derived.more());
try { d.missing(); } catch (e) { console.log(e.message); }

const proto = { hi() { return 'hi ' + this.name; }, get size() { return 4; } };
const object = { __proto__: proto, name: 'o', hi() { return super.hi() + '!'; }, get size() { return super.size + 1; } };
console.log(object.hi(), object.size);
const frozen = Object.freeze({ __proto__: { x: 1 }, put() { super.x = 2; } });
try { frozen.put(); console.log('silent'); } catch (e) { console.log(e.message); }
const strict = Object.freeze({ __proto__: { x: 1 }, put() { 'use strict'; super.x = 2; } });
try { strict.put(); } catch (e) { console.log(e.message); }
class GetOnly { get g() { return 1; } }
class Sub extends GetOnly { put() { super.g = 2; } }
try { new Sub().put(); } catch (e) { console.log(e.name); }

class A { constructor(...list) { this.list = list; } }
class B extends A { constructor(...list) { super(...list, 'end'); } }
class C extends B { constructor() { const go = () => super(...[1], 2, ...[3]); go(); console.log(this.list); } }
new C();
for (const make of [
  () => new (class extends A { constructor() { super(); super(); } })(),
  () => new (class extends A { constructor() { this.x = 1; } })(),
  () => new (class extends A { constructor() { return 1; } })(),
  () => new (class extends A { constructor() { super(); return 1; } })(),
  () => new (class extends A { constructor() { } })(),
  () => new (class extends A { constructor() { return { mine: true }; } })(),
  () => new (class extends null { })(),
  () => class extends 5 { },
  () => class extends (() => 1) { },
  () => { function F() {} F.prototype = 3; return class extends F { }; },
  () => { const X = class extends A { constructor() { super.m(); } }; return new X(); },
  () => { class P extends A {} Object.setPrototypeOf(P, Object.prototype.toString); return new P(); },
]) {
  try { console.log(make()); } catch (e) { console.log(`${e.name}: ${e.message}`); }
}
