// This program does not end well.

//! chapter "Growing"

const log = [];
let n = 0;

while (true) {
  //: Everything is kept. When old space reaches its limit, a full collection comes; it finds nothing to free. After a
  //: few of these in a row the heap limit is reached: "JavaScript heap out of memory".
  log.push({ n: n++, text: 'entry ' + n, stamp: [n, n + 1] });
  if (n === 200) {
    //! mark "200 entries"
  }
}
