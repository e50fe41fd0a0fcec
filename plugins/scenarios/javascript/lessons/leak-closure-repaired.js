// What a kept closure can see is what it holds: so let it see little.

const handlers = [];

function namer(id) {
  //: Another scope, with another context: it has id and nothing else.
  return () => id;
}

function open(n) {
  const data = new Array(24).fill(n);
  const size = () => data.length;

  size();
  handlers.push(namer('file ' + n));
  //: With the frame go size, its context and data: nothing that is kept refers to them.
}

//! chapter "Opening files"

for (let n = 0; n < 8; n++) open(n);
//! mark "opened"

//! collect full
//! mark "end"
console.log(handlers[3]());
