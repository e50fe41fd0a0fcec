class A extends (B, C) { #a = 1; static #b; static { this.#b = #a in this; } get #c () { return super.c; } set #c (v) {}
  constructor (x) { super (x); () => super.m (() => this.#c++); } static async *[k + 1] () {} 'q' = () => this; get; set; static; async
  static get x () { return new.target; } }
const o = { m () { return super.m; }, async n () {}, *p () {} }; (class D { static d = D; });
