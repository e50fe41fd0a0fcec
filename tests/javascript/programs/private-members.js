// Private fields, methods and accessors, static ones too, and what goes wrong with them
class Account {
  #balance = 0;
  static #made = 0;
  static #log(text) { return `log ${text} ${Account.#made}`; }
  static get #count() { return Account.#made; }
  static set #count(value) { Account.#made = value; }
  get #half() { return this.#balance / 2; }
  set #half(value) { this.#balance = value * 2; }
  #add(n) { this.#balance += n; return this; }
  get #readOnly() { return 'fixed'; }
  set #writeOnly(value) { this.#balance = value; }
  constructor(start) { this.#balance = start; Account.#count++; Account.#count += 1; }
  static is(value) { return #balance in value && #add in value; }
  static report() { return [Account.#log('x'), Account.#count]; }
  static of(value) { return value.#balance; }
  half() { this.#half = 8; this.#half += 1; this.#half++; return [this.#half, this.#balance]; }
  chain() { return [this?.#add(1).#add(2).#balance, this.#add(...[5])?.#balance, this.other?.#balance]; }
  update() { this.#balance **= 2; this.#balance ??= 1; this.#balance &&= 7; return --this.#balance; }
  take() { [this.#balance] = [50]; ({ a: this.#balance = 3 } = {}); return this.#balance; }
  readIt() { return this.#writeOnly; }
  writeIt() { this.#readOnly = 1; }
  writeMethod() { this.#add = 1; }
  tagged() { return ((self) => self.#tag`a${1}`)(this); }
  #tag(strings, value) { return strings.length + value; }
}
const a = new Account(5);
console.log(Account.is(a), Account.is({}), Account.report(), a.half(), a.chain(), a.update(), a.take(), a.tagged());
console.log(a, Object.keys(a));
for (const f of [() => a.readIt(), () => a.writeIt(), () => a.writeMethod(), () => Account.of({}), () => Account.of(5),
  () => Account.is(1), () => a.update.call(Object.create(a)), () => Account.report.call(null)]) {
  try { console.log(f()); } catch (e) { console.log(`${e.name}: ${e.message}`); }
}
for (const f of [() => a.half.call({}), () => a.chain.call({}), () => a.tagged.call({}), () => Account.of(null)]) {
  try { f(); } catch (e) { console.log(e.name); }
}

// A constructor that returns another object lets fields be put on it, once
class Returns { constructor(object) { return object; } }
class Stamp extends Returns { #stamp = 1; static has(o) { return #stamp in o; } }
class Method extends Returns { #m() {} }
class Accessor extends Returns { get #m() { return 1; } }
const target = {};
new Stamp(target);
console.log(Stamp.has(target), target);
for (const Class of [Stamp, Method, Accessor]) {
  try { new Class(target); new Class(target); } catch (e) { console.log(e.name); }
}

// Names are of each evaluation of the class
const make = () => class { #x = 1; static read(o) { return o.#x; } };
const [One, Two] = [make(), make()];
console.log(One.read(new One()));
try { One.read(new Two()); } catch (e) { console.log(e.message); }
class Outer { #a = 1; inner() { const outer = this; return class { #b = 2; sum() { return this.#b + outer.#a; } }; } }
console.log(new (new Outer().inner())().sum());
