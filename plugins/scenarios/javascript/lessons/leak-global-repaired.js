'use strict';
// A local variable goes with its frame. In strict mode the missing const would have been a ReferenceError.

function parse(n) {
  //: rows is a slot of the frame.
  const rows = [];
  for (let i = 0; i < 12; i++) rows.push({ n, i, text: 'row ' + i });
  return rows.length;
}

//! chapter "Parsing"

let count = 0;
for (let n = 0; n < 3; n++) {
  //: With the return the frame is gone, and all rows with it.
  count += parse(n);
}
//! mark "parsed"
console.log(count, 'rows' in globalThis);

//! collect full
//! mark "end"
