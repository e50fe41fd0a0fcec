// let twice.
console.log('never');
let count = 1;
let count = 2;
