// Functions hold their scope's variables; each turn of a loop has its own.
function counter() { let n = 0; return { up: () => ++n, down: () => --n, get value() { return n; } }; }
const a = counter(), b = counter();
a.up(); a.up(); b.down();
console.log(a.value, b.value);
const fs = [];
for (let i = 0; i < 3; i++) fs.push(() => i);
for (var j = 0; j < 3; j++) fs.push(() => j);
for (const k of [7, 8]) fs.push(() => k);
for (const k in { p: 1, q: 2 }) fs.push(() => k);
console.log(fs.map((f) => f()));
const changed = [];
for (let i = 0; i < 3; i++) { changed.push(() => i); i++; }
console.log(changed.map((f) => f()));
function adder(x) { return function (y) { return (z) => x + y + z; }; }
console.log(adder(1)(2)(3));
const once = (f) => { let done = false, value; return (...args) => done ? value : (done = true, value = f(...args)); };
const hello = once((name) => 'hello ' + name);
console.log(hello('a'), hello('b'));
function outer() { const secret = 'kept'; function get() { return secret; } function unused() { return 1; } return get; }
console.log(outer()());
const memo = ((cache) => (n) => cache[n] ??= n < 2 ? n : memo(n - 1) + memo(n - 2))({});
console.log(memo(80));
let late = 1; const seesLate = () => late; late = 2;
console.log(seesLate());
