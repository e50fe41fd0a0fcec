// A word where a name belongs.
console.log('never');
const class = 5;
