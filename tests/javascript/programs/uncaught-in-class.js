// A constructor that throws, seen through several kinds of frames.
class A { constructor() { this.build(); } build() { return A.make(() => { throw new RangeError('deep inside'); }); } static make(f) { return f(); } get prop() { return new A(); } }
const o = { method() { return new A().prop; } };
o.method();
