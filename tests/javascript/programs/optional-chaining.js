// ?. and ??, and the assigning forms of the logical operators.
const o = { a: { b: () => ({ c: 1 }), n: null }, list: [1, 2], zero: 0, empty: '' };
console.log(o?.a?.b?.().c, o.x?.y.z.w, o.x?.[o.never.reached], o.a.n?.q, o.list?.[1], o.missing?.(), o.a.b?.()?.c);
console.log(o.zero || 'or', o.zero ?? 'nullish', o.empty ?? 'n', o.none ?? 'n', null ?? undefined ?? 0);
try { o.x?.y; o.list?.(); } catch (e) { console.log(e.message); }
console.log(delete o?.a?.n, 'n' in o.a, delete o.q?.z);
let calls = 0; const bump = () => ++calls;
o.zero ||= bump(); o.zero ||= bump(); o.none ??= 'set'; o.none ??= bump(); o.empty &&= bump(); o.list &&= 'replaced';
console.log(o.zero, o.none, o.empty, o.list, calls);
const frozen = Object.freeze({ v: 1 });
frozen.v ??= 2; frozen.v ||= 3;
console.log(frozen);
let u; u ??= 'u'; u &&= u + '!'; console.log(u);
const obj = { f() { return this.x; }, x: 'kept' };
console.log(obj?.f(), obj.f?.(), (obj?.f)(), obj?.['f']());
console.log(true ? .5 : 1, undefined?.[0] === undefined, (null)?.a.b.c, ''?.length, 0?.toFixed(2));
const fs = { ['key']: null }; fs.key ??= () => 'made'; console.log(fs.key.name, fs.key());
