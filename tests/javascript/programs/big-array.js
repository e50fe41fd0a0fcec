// A million numbers, summed.
const big = []; for (let i = 0; i < 100000; i++) big.push(i);
let sum = 0; for (let i = 0; i < big.length; i++) sum += big[i];
console.log(big.length, sum, big.slice(-3)); big.length = 0; console.log(big);
