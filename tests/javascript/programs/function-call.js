function square(x) { return x * x; }
function twice(f, x) { return f(f(x)); }
console.log(square(5), twice(square, 2), (() => 7)(), (function () { return 8; })());
