// The operators on 32-bit integers.
console.log(5 & 3, 5 | 3, 5 ^ 3, ~5, ~~7.9, ~~-7.9, 1 << 31, 1 << 32, 1 << 33, -1 >> 1, -1 >>> 0, -1 >>> 31);
console.log(2 ** 32 | 0, 2 ** 31 | 0, 2 ** 53 | 0, 1e20 | 0, NaN | 0, Infinity | 0, '5' & '4', null | 1, undefined | 1);
let x = 0xff;
x <<= 4; console.log(x);
x >>= 2; console.log(x);
x &= 0xf0; console.log(x);
x |= 1; console.log(x);
x ^= 0xff; console.log(x);
x = -5; x >>>= 28; console.log(x);
function popcount(v) { let c = 0; while (v) { v &= v - 1; c++; } return c; }
console.log(popcount(0xff), popcount(-1), popcount(0x80000000));
let hash = 5381;
for (const c of 'heaparium') hash = (hash * 33) ^ c.charCodeAt(0);
console.log(hash, hash >>> 0, hash | 0);
console.log(Math.imul(0xffffffff, 5), Math.clz32(1), Math.clz32(0), -2147483648 >> 31, -2147483648 >>> 1);
