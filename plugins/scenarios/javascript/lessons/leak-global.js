// Outside of strict mode, assigning to a name that nobody declared makes a property of the global object.

function parse(n) {
  //: There is no declaration of rows. So this is globalThis.rows, and the global object is a root.
  rows = [];
  for (let i = 0; i < 12; i++) rows.push({ n, i, text: 'row ' + i });
  return rows.length;
}

//! chapter "Parsing"

let count = 0;
for (let n = 0; n < 3; n++) {
  //: Each call forgets the rows of the one before; those of the last stay for good.
  count += parse(n);
}
//! mark "parsed"
console.log(count, 'rows' in globalThis);

//! collect full
//: parse has returned and yet its rows are all there.
//! mark "end"
