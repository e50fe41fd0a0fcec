// When a reference goes, and with it what only it held.

//! chapter "Held for too long"

function read() {
  return Array.from({ length: 60 }, (_, i) => ({ line: i, text: 'line ' + i }));
}

//: The global scope never ends. What its variables refer to lives until they refer to something else.
let lines = read();
const count = lines.length;
//! collect full
//! mark "lines held"

//! chapter "Let go"

//: Only the count is needed from here on.
lines = null;
//! collect full
//! mark "lines gone"

//! chapter "A scope that ends"

function countOnly() {
  //: A local variable needs no clearing: it goes with its frame.
  const local = read();
  return local.length;
}
countOnly();
//! collect full
//! mark "end"
console.log(count);
