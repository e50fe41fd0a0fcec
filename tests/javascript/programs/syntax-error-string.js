// A string that never ends.
console.log('never');
const s = 'no end;
console.log(s);
