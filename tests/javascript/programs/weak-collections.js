// WeakMap, WeakSet, WeakRef: what a program can see while the keys live.
const w = new WeakMap(), k1 = {}, k2 = function () { }; w.set(k1, 'one').set(k2, { k1 });
console.log(w.get(k1), w.has(k2), w.get({}), w.delete(k1), w.has(k1), w.delete(k1), w);
const s = new WeakSet([k1]); console.log(s.has(k1), s.has({}), s.add(k2) === s, s.delete(k1), s.has(k1), s);
for (const bad of [() => w.set('string', 1), () => s.add(5), () => new WeakRef(1), () => new WeakMap([[1, 2]]), () => new FinalizationRegistry(), () => WeakMap()]) try { bad(); } catch (e) { console.log(e.message); }
console.log(w.get('string'), s.has(5), w.size, typeof w.forEach, Object.prototype.toString.call(w));
const target = { name: 'target' }, ref = new WeakRef(target); console.log(ref.deref() === target, ref.deref().name, ref, new WeakRef(k1));
const registry = new FinalizationRegistry(() => { }); registry.register(target, 'held', target); console.log(registry.unregister(target), registry.unregister(target), Object.prototype.toString.call(registry), registry);
const priv = new WeakMap(); class Person { constructor(n) { priv.set(this, { n }); } get name() { return priv.get(this).n; } } console.log(new Person('ann').name, new Person('bob'));
const cache = new WeakMap(); let computed = 0; function area(o) { if (!cache.has(o)) { computed++; cache.set(o, o.w * o.h); } return cache.get(o); } const box = { w: 2, h: 3 }; console.log(area(box), area(box), area({ w: 1, h: 1 }), computed);
const many = new WeakMap(), keys = []; for (let i = 0; i < 200; i++) { keys.push({ i }); many.set(keys[i], i); many.set({}, 'lost'); } console.log(keys.every((k, i) => many.get(k) === i));
