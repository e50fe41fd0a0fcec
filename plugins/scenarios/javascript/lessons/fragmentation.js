// Free memory that is of little use.

//! chapter "A full old space"

const rows = [];
for (let i = 0; i < 60; i++) {
  //: Rows of the same size, one behind the other.
  rows.push({ id: i, cells: [i, i, i, i, i, i] });
}
//: A full collection empties new space: all that lives is promoted.
//! collect full
//! mark "full"

//! chapter "Every second one goes"

for (let i = 0; i < 60; i += 2) {
  rows[i] = null;
}
//! mark "half of it garbage"

//: Swept: the places of the dead are noted in free lists. Half of each page is free now, in pieces as small as a row.
//! collect full
//! mark "swept"

//: An array of 100 elements needs 816 bytes in one piece. No hole is so large, so it gets another place.
const wide = new Array(100).fill(0);
//! mark "no hole was large enough"

//! chapter "Compaction"

for (let i = 1; i < 60; i += 4) {
  rows[i] = null;
}
//: Pages that are mostly free are evacuated: their rows move together, every reference to them is put right, and whole
//: pages are given back.
//! collect full
//! mark "end"
console.log(rows.filter(Boolean).length, wide.length);
