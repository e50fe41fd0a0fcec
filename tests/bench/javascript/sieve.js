/* sieve.js - loops and array elements: the primes below a million, three times */
function sieve(n) {
  var flags = [], count = 0, i, j;
  for (i = 0; i <= n; i++) flags.push(true);
  for (i = 2; i <= n; i++) {
    if (!flags[i]) continue;
    count++;
    for (j = i + i; j <= n; j += i) flags[j] = false;
  }
  return count;
}
var count = 0;
for (var turn = 0; turn < 3; turn++) count += sieve(1000000);
(typeof print === 'function' ? print : console.log)(count);
