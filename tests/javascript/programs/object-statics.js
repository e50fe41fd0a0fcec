// Object.keys, entries, assign, freeze, create, fromEntries, is and more.
const o = { b: 2, a: 1, 2: 'two', 1: 'one' };
console.log(Object.keys(o), Object.values(o), Object.entries(o), Object.getOwnPropertyNames('ab'), Object.keys('ab'), Object.entries([7]));
console.log(Object.assign({ z: 0 }, o, null, 'st', undefined, [9]), Object.fromEntries([['x', 1], ['y', 2]]), Object.fromEntries(new Map([['m', 1]])));
const f = Object.freeze({ n: { deep: 1 }, list: [] }); f.x = 1; f.n.deep = 2; delete f.n; f.list.push(1);
console.log(f, Object.isFrozen(f), Object.isSealed(f), Object.isExtensible(f), Object.isFrozen('s'), Object.isFrozen({}));
const s = Object.seal({ v: 1 }); s.v = 2; s.w = 1; delete s.v; console.log(s, Object.isSealed(s), Object.isFrozen(s));
const p = Object.create({ inherited: 1 }, { own: { value: 2, enumerable: true } }); console.log(p, p.inherited, Object.getPrototypeOf(p), 'inherited' in p, Object.hasOwn(p, 'inherited'), p.hasOwnProperty('own'));
console.log(Object.create(null), Object.create(null, { q: { value: 1, enumerable: true } }), Object.is(NaN, NaN), Object.is(0, -0), Object({}.x), Object(1), Object('s'), Object(null));
console.log(Object.getOwnPropertyDescriptor(o, 'a'), Object.getOwnPropertyDescriptor(o, 'zz'), Object.getOwnPropertyDescriptor({ get g() { return 1; } }, 'g'), Object.getOwnPropertyDescriptor([1], 'length'));
Object.setPrototypeOf(o, { hello() { return 'hello ' + this.a; } }); console.log(o.hello(), o.__proto__ === Object.getPrototypeOf(o), { __proto__: { t: 1 } }.t, { ['__proto__']: 1 });
try { Object.setPrototypeOf(Object.preventExtensions({}), {}); } catch (e) { console.log(e.message); }
try { const c = {}; const d = Object.create(c); Object.setPrototypeOf(c, d); } catch (e) { console.log(e.message); }
try { Object.create(1); } catch (e) { console.log(e.message); }
try { Object.keys(null); } catch (e) { console.log(e.message); }
try { Object.fromEntries([1]); } catch (e) { console.log(e.message); }
console.log(Object.prototype.toString.call([]), Object.prototype.toString.call(null), Object.prototype.toString.call(() => 1), Object.prototype.toString.call(new Date(0)), Object.prototype.toString.call(/x/), ({}).toString(), ({}).valueOf() instanceof Object, ({}).toLocaleString());
console.log(o.propertyIsEnumerable('a'), Object.prototype.isPrototypeOf.call(Object.prototype, o), Object.getOwnPropertySymbols(o), Object.defineProperties({}, { a: { value: 1, enumerable: true }, b: { value: 2 } }));
const order = {}; order.z = 1; order[5] = 1; order.a = 1; order[1] = 1; order['-1'] = 1; order['4294967295'] = 1; order['4294967294'] = 1; console.log(Object.keys(order));
