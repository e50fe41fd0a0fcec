// Long-lived objects made one by one pass through new space: two copies each.

//! chapter "Through new space"

const table = [];
for (let i = 0; i < 60; i++) {
  //: All of these live on. Each scavenge copies those of the time before, and the next one promotes them: work for
  //: nothing, because none of them dies.
  table.push({ id: i, value: i * i });
}
//! mark "copied and promoted"

//! chapter "What pretenuring is"

//: V8 counts, for each place in the program where objects are made, how many of them survive. Where most do, optimised
//: code makes them in old space at once (pretenuring). The machine's setting allocation-site-pretenuring does the same:
//: it is off here. Run this again with it on, and compare the bytes that were copied.
const more = [];
for (let i = 60; i < 120; i++) more.push({ id: i, value: i * i });

//! collect full
//! mark "end"
console.log(table.length + more.length);
