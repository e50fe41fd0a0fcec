// BigInt: arithmetic, mixing, conversion.
console.log(1n + 2n, 2n ** 100n, -7n / 2n, -7n % 2n, 7n / -2n, 5n - 10n, 123456789012345678901234567890n * 987654321n, 0n === -0n, -5n);
console.log(1n < 2, 2n > 1, 1n == 1, 1n === 1, 0n ? 't' : 'f', typeof 1n, 1n && 2n, !0n, [3n, 1n, 2, 10n].sort(), 2n > '1', 1n == '1');
console.log(BigInt(10), BigInt('0xff'), BigInt('  12  '), BigInt(true), BigInt(Number.MAX_SAFE_INTEGER) + 2n, Number(2n ** 64n), parseInt('12n'), 0xffn, 0b11n, 0o17n, 1_000n);
console.log(5n & 3n, 5n | 3n, 5n ^ 3n, ~5n, 1n << 70n, -1n >> 1n, 2n ** 70n >> 65n, -5n & 0xffn, -8n >> 1n, 1n << -1n);
console.log((255n).toString(16), (2n ** 64n).toString(), String(10n), `${10n}`, 10n + 'x', (10n).toLocaleString(), BigInt.asUintN(8, 257n), BigInt.asIntN(8, 255n), BigInt.asUintN(64, -1n));
for (const bad of [() => 1n + 1, () => Math.max(1n), () => +1n, () => BigInt(1.5), () => BigInt('x'), () => 1n / 0n, () => 1n % 0n, () => 2n ** -1n, () => BigInt(undefined), () => new BigInt(1), () => 1n >>> 1n, () => BigInt(NaN), () => JSON.stringify(1n)]) try { console.log(bad()); } catch (e) { console.log(e.name + ': ' + e.message); }
let f = 1n; for (let i = 1n; i <= 30n; i++) f *= i; console.log(f); let a = 0n, b = 1n; for (let i = 0; i < 200; i++) [a, b] = [b, a + b]; console.log(a);
let x = 5n; x++; ++x; x--; x += 10n; x *= -1n; x **= 3n; console.log(x, -x, typeof x, x.constructor.name);
console.log([1n, { n: 2n }], new Map([[1n, 'a']]).get(1n), { [1n]: 'key' }, Object(1n), new Set([1n, 1n, 1]).size, 9007199254740993n > 9007199254740992, 1n < 1.5, 2n ** 53n + 1n == 2 ** 53, BigInt(2 ** 70), Number('9007199254740993'), isNaN(Number(1n)));
function modpow(b, e, m) { let r = 1n; b %= m; while (e > 0n) { if (e & 1n) r = r * b % m; b = b * b % m; e >>= 1n; } return r; } console.log(modpow(3n, 1000n, 10n ** 20n + 39n));
