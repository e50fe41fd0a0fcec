// What `this` is: methods, lost methods, arrows, call, apply, bind.
const user = { name: 'ann', hi() { return this?.name; }, arrow: () => typeof this, later() { return [1].map(() => this.name); }, nested() { return (function () { return this === globalThis; })(); } };
console.log(user.hi(), user.arrow(), user.later(), user.nested());
const { hi } = user;
console.log(hi.call({ name: 'bob' }), hi.apply({ name: 'cy' }, []), hi.bind({ name: 'di' })(), (0, user.hi)());
function sum(...n) { return this.base + n.reduce((a, b) => a + b, 0); }
console.log(sum.call({ base: 1 }, 2, 3), sum.apply({ base: 1 }, [2, 3]), sum.bind({ base: 1 }, 2)(3), sum.apply({ base: 0 }, { length: 2, 0: 5, 1: 6 }));
const b = sum.bind({ base: 10 }, 1).bind({ base: 99 }, 2); console.log(b(3), b.name, b.length);
class Button { constructor() { this.label = 'ok'; this.bound = this.click.bind(this); } click() { return this?.label; } }
const btn = new Button(), { click, bound } = btn; console.log(btn.click(), click(), bound());
function Old(v) { if (!new.target) return new Old(v); this.v = v; }
Old.prototype.get = function () { return this.v; };
console.log(Old(3).get(), new Old(4).get(), new Old(1), Old.prototype.constructor === Old);
function Returns() { this.a = 1; return { b: 2 }; } function Ignores() { this.a = 1; return 5; }
console.log(new Returns(), new Ignores());
function Point(x, y) { this.x = x; this.y = y; }
const P3 = Point.bind(null, 1); console.log(new P3(2), new P3(2) instanceof Point);
console.log(this === module.exports, this);
console.log(typeof globalThis, (() => this === module.exports)(), (function () { return this === globalThis; })());
