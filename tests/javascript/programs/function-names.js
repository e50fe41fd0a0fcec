// Only a function written where a name is at hand gets that name; one that was made elsewhere keeps its own
const made = [function () { }, () => { }, class { }];
class X {
  static x = made[0];
  static [`y`] = made[1];
  z = made[1];
  ['w'] = made[1];
  static 5 = made[0];
  static #q = made[2];
  static #r = () => 1;
  #s = () => 2;
  static #t = class { };
  static u = () => 1;
  static [`v`] = () => 1;
  static k = (() => 1);
  static l = [() => 1][0];
  names() { return [X.#q.name, X.#r.name, this.#s.name, X.#t.name, X.u.name, X.v.name, X.k.name, X.l.name, X[5].name]; }
}
console.log(made, X, new X(), new X().names());
const o = { ['m']: made[0], [`n`]: () => 1, ['p']: (0, () => 1), q: (() => 2), [Symbol('s')]: class { } };
console.log(o, o.n.name, o.p.name, made[0].name);
const { a = () => 1, b: c = class { }, d = made[1] } = {};
let e; [e = function () { }] = [];
let f; f ??= () => 1;
console.log(a.name, c.name, d.name, e.name, f.name, (() => 1).name, ((g = () => 1) => g.name)());
