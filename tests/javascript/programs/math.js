// Math's functions and constants.
console.log(Math.abs(-5), Math.ceil(1.2), Math.floor(-1.2), Math.round(2.5), Math.round(-2.5), Math.round(0.49999999999999994), Math.trunc(-1.9), Math.sign(-3), Math.sign(-0), Math.ceil(-0.5));
console.log(Math.max(), Math.min(), Math.max(1, '5', 3), Math.max(1, NaN), Math.min(0, -0), Math.max(-0, 0), Math.max(...[1, 2]), Math.max([]), Math.max([7]), Math.max([1, 2]), Math.min(1, undefined));
console.log(Math.sqrt(2), Math.cbrt(27), Math.hypot(3, 4), Math.hypot(), Math.pow(2, 0.5), Math.pow(NaN, 0), Math.exp(1), Math.expm1(0), Math.log(10), Math.log2(8), Math.log10(1000), Math.log1p(0), Math.sqrt(-1));
console.log(Math.PI, Math.E, Math.LN2, Math.LN10, Math.LOG2E, Math.LOG10E, Math.SQRT2, Math.SQRT1_2);
console.log(Math.sin(0), Math.cos(0), Math.tan(0), Math.atan2(1, 1), Math.atan2(0, -0), Math.asin(1), Math.acos(1), Math.sinh(0), Math.cosh(0), Math.tanh(Infinity), Math.atan(1));
console.log(Math.fround(5.5), Math.fround(5.05), Math.imul(3, 4), Math.imul(-5, 12), Math.clz32(1), Math.clz32(0.5), Math.clz32(-1));
const r = Math.random(); console.log(r >= 0 && r < 1, Math.random() !== Math.random(), Object.prototype.toString.call(Math), typeof Math);
let inside = 0; for (let i = 0; i < 1000; i++) { const v = Math.floor(Math.random() * 10); if (v >= 0 && v <= 9) inside++; } console.log(inside);
console.log(Math.round(1.5), Math.round(-0.2), Math.round(1e300), Math.round('2.6'), Math.floor(null), Math.ceil(undefined), Math.abs(null), Math.abs('x'), Math.abs([]), Math.round(2 ** 52 + 0.5), Math.round(-1.5), Math.floor(1e10 + 0.5));
function gcd(a, b) { return b ? gcd(b, a % b) : a; } console.log(gcd(1071, 462), [1, 2, 3, 4].reduce((a, b) => a * b), Math.max.apply(null, [3, 1, 2]));
