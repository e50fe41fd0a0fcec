/* fib.js - calls: the 30th Fibonacci number, 2.7 million calls */
function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
(typeof print === 'function' ? print : console.log)(fib(30));
