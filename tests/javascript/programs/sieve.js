// Primes by the sieve of Eratosthenes, in an array and in bytes.
function sieve(n, flags) { const primes = []; for (let i = 2; i <= n; i++) { if (flags[i]) continue; primes.push(i); for (let j = i * i; j <= n; j += i) flags[j] = 1; } return primes; }
const a = sieve(3000, []), b = sieve(3000, new Uint8Array(3001)); console.log(a.length, a.slice(0, 12), a.at(-1), a.join() === b.join());
function* primes() { const found = []; for (let n = 2; ; n++) if (found.every((p) => p * p > n || n % p)) { found.push(n); yield n; } } for (const p of primes()) { if (p > 30) break; process.stdout.write(p + ' '); } console.log();
