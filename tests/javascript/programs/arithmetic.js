// Numbers: the operators, their precedence, and the edges of doubles and 32-bit integers.
console.log(1 + 2 * 3 - 4 / 2, (1 + 2) * 3, 7 % 3, -7 % 3, 7 % -3, 2 ** 10, 2 ** -1, 2 ** 3 ** 2);
console.log(0.1 + 0.2, 1 / 3, 1e21, 1e-7, 123456789012345680000, 5e-324, 1.7976931348623157e308);
console.log(1 / 0, -1 / 0, 0 / 0, -0, 0 === -0, Object.is(0, -0), 1 / -0);
console.log(2147483647 + 1, -2147483648 - 1, 2147483647 * 2, 65536 * 65536, 46341 * 46341);
console.log(9007199254740991 + 1, 9007199254740991 + 2, 0xff, 0o17, 0b101, 1_000_000, .5, 5.);
console.log(-(-2147483648), -0 + 0, -0 - 0, 0 * -1, 5 % 0, Infinity % 5, 5 % Infinity, -0 % 5);
let n = 5;
console.log(n++, n, ++n, n--, --n, -n, +n, +'12', +'', +' 7 ', +'x', +null, +undefined, +true, +[], +[5], +{});
n += 3; n -= 1; n *= 2; n /= 7; n %= 2; n **= 3;
console.log(n);
let max = 2147483647;
max++;
console.log(max, max | 0);
console.log(1e3.toString(), (25).toString(2), (255).toString(16), (0.5).toString(2), (-255).toString(36));
