// Classes: constructors, methods, accessors, static members, inheritance and super.
class Animal {
  constructor(name) { this.name = name; }
  speak() { return `${this.name} makes a sound`; }
  get upper() { return this.name.toUpperCase(); }
  set nick(v) { this.name = v + '!'; }
  static create(...args) { return new this(...args); }
  static kinds = ['cat', 'dog'];
  ['computed' + 1]() { return 'computed'; }
  toString() { return `Animal(${this.name})`; }
}
class Dog extends Animal {
  tricks = [];
  constructor(name, age) { super(name); this.age = age; }
  speak() { return super.speak() + ': woof'; }
  get upper() { return '<' + super.upper + '>'; }
  learn(t) { this.tricks.push(t); return this; }
  static create(name) { const d = super.create(name, 1); d.made = true; return d; }
}
const d = Dog.create('Rex').learn('sit').learn('roll');
console.log(d, d.speak(), d.upper, `${d}`, d.computed1());
d.nick = 'Max';
console.log(d.name, d instanceof Dog, d instanceof Animal, Dog.kinds === Animal.kinds, Object.keys(d));
console.log(typeof Animal, Animal.name, Dog.length, Object.getPrototypeOf(Dog) === Animal, d.constructor === Dog);
try { Animal(); } catch (e) { console.log(e.message); }
try { new (class extends Animal { constructor() { } })(); } catch (e) { console.log(e.message); }
try { class X extends 5 { } } catch (e) { console.log(e.message); }
const Anonymous = class { };
console.log(Anonymous.name, new Anonymous(), [new (class { })()], Animal, Dog);
console.log(Object.getOwnPropertyNames(Animal.prototype), new Dog.prototype.constructor('q').age);
class Nothing extends null { static x = 1; }
console.log(Nothing.x, Object.getPrototypeOf(Nothing.prototype));
class NewTarget { constructor() { this.made = new.target.name; } }
class Derived extends NewTarget { }
console.log(new NewTarget(), new Derived(), (function () { return new.target; })());
