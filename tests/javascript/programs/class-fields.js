// Public, private and static fields, private methods and accessors, static blocks.
class Account {
  #balance = 0; static #count = 0; owner = 'nobody'; log = [`opened by ${this.owner}`];
  static { Account.ready = Account.#count === 0; }
  constructor(owner) { this.owner = owner; Account.#count++; }
  #check(n) { if (n > this.#balance) throw new RangeError(`only ${this.#balance}`); }
  get #double() { return this.#balance * 2; }
  set #double(v) { this.#balance = v / 2; }
  deposit(n) { this.#balance += n; return this; }
  withdraw(n) { this.#check(n); this.#balance -= n; return this; }
  twice() { this.#double = this.#double * 2; return this.#double; }
  static count() { return Account.#count; }
  static isAccount(o) { return #balance in o; }
  get balance() { return this.#balance; }
}
const a = new Account('ann').deposit(50);
console.log(a, a.balance, a.twice(), Account.count(), Account.ready, Account.isAccount(a), Account.isAccount({}));
try { a.withdraw(1000); } catch (e) { console.log(e.name, e.message); }
try { Account.prototype.deposit.call({}, 1); } catch (e) { console.log(e.name, e.message); }
class Base { field = this.init(); init() { return 'base'; } }
class Sub extends Base { own = 1; init() { return 'sub ' + this.own; } }
console.log(new Sub());
class Bound { handler = () => this; x = 1; 'quoted name' = 2; [1 + 1] = 'two'; noValue; }
const { handler } = new Bound();
console.log(handler().x, new Bound());
class Counter { static n = 0; id = ++Counter.n; static next = () => this.n; }
new Counter(); new Counter();
console.log(Counter.n, Counter.next());
console.log(Object.keys(new Account('b')), JSON.stringify(new Account('c')));
