// structuredClone: deep copies, cycles, what cannot be cloned.
const o = { n: 1, d: new Date(5), m: new Map([[{ k: 1 }, new Set([1, 2])]]), a: [1, , 3], u: undefined, re: /x/gi, nested: { list: [{ deep: true }] }, nul: null, big: 5n, buf: new Uint8Array([1, 2]) }; o.self = o; o.twin = o.nested;
const c = structuredClone(o); console.log(c, c !== o, c.self === c, c.twin === c.nested, c.nested !== o.nested, c.d instanceof Date, c.d !== o.d, c.m instanceof Map, 1 in c.a);
c.nested.list[0].deep = 'changed'; console.log(o.nested.list[0].deep, structuredClone('s'), structuredClone(null), structuredClone([1, [2]]));
class P { constructor() { this.x = 1; } get g() { return 1; } } const p = structuredClone(new P()); console.log(p, p instanceof P, structuredClone(Object.create({ inherited: 1 })));
for (const bad of [() => 1, Symbol('s'), { f() { } }, [Symbol()], new WeakMap()]) try { structuredClone(bad); } catch (e) { console.log(e.name, e.message, e.code); }
const err = structuredClone(new RangeError('cloned')); console.log(err instanceof RangeError, err.message, err.name); const get = structuredClone({ get v() { return 'value'; } }); console.log(Object.getOwnPropertyDescriptor(get, 'v'));
const shallow = { ...o.nested }; shallow.list.push('shared'); console.log(o.nested.list.length); const viaJson = JSON.parse(JSON.stringify({ d: new Date(0), u: undefined, n: NaN })); console.log(viaJson);
