// Computed keys and static members of classes: order, names, inheritance
const order = [];
const key = (k) => { order.push(k); return k; };
const symbol = Symbol('mark');
class K {
  [key('a')] = order.push('field a');
  static [key('b')] = order.push('static b');
  [key('m')]() { return 'm'; }
  static [key('c')];
  get [key('g')]() { return 'g'; }
  set [key('g')](value) { order.push(`g=${value}`); }
  static async *[key('ag')]() { yield 1; }
  static get [symbol]() { return 'symbol'; }
  [symbol] = () => 1;
  static { order.push('block'); this.made = Object.keys(this); }
  static f = () => this.made;
  static [`t${1}`] = class { };
  5 = 'five';
  static 6 = 'six';
  'quoted name' = 1;
  static async am() { }
  static *gen() { }
  'constructor'() { }
}
const k = new K();
k.g = 3;
console.log(order.join(' '));
console.log(k, K[symbol], K.f(), K.t1.name, k[symbol].name, K.ag.name, K.am, K.gen, K[6], k[5]);
console.log(Object.getOwnPropertyNames(K), Object.getOwnPropertyNames(K.prototype));
console.log(Object.getOwnPropertyDescriptor(K.prototype, 'g').get.name, K.prototype.m.name);
const anonymous = { [symbol]: function () { }, [1 + 1]: () => 1, ['x' + 1]: class { }, get [symbol.description]() { return 1; } };
console.log(anonymous[symbol].name, anonymous[2].name, anonymous.x1.name, anonymous);
const noName = { ['k']: class { static name = 'own'; } };
console.log(noName.k.name);
for (const f of [() => class { static ['prototype']() { } }, () => class { static [key('prototype')] = 1; },
  () => class { [key({ toString() { throw new Error('key'); } })]() { } }, () => class { static x = y; },
  () => class X { static x = new X(); static [X] = 1; }, () => new (class { x = this.y.z; })(), () => K(), () => K.prototype.m.call() ,
  () => new k.m(), () => new K.gen(), () => new (async () => 1)()]) {
  try { console.log(f()); } catch (e) { console.log(`${e.name}: ${e.message}`); }
}
class Lazy { static #cache; static get all() { return (this.#cache ??= ['made']); } }
console.log(Lazy.all === Lazy.all);
console.log(class { }, class Named { }, class extends K { }, class extends Array { static x = 1; }, [class { }.name]);
