// An uncaught error: report on standard error, exit code 1.
function inner() { throw new Error('nobody catches this'); }
function outer() { inner(); }
console.log('before');
outer();
console.log('never');
