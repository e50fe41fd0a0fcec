// Long-lived objects made one by one pass through new space, until V8 learns where they are made.

//! chapter "Through new space"

const table = [];
const fill = (from, to) => {
  for (let i = from; i < to; i++) {
    //: This literal is an allocation site. Behind each young object that it makes, V8 puts 16 bytes that name the site:
    //: a memento. By it a scavenge counts how many of the objects it finds alive.
    table.push({ id: i, value: 2 * i });
  }
};

fill(0, 60);
//! mark "young objects, each with its memento"

//! chapter "The site learns"

//: All of them live on. When a scavenge has seen that, with 100 objects of the site at least, and new space cannot grow
//: any more, the site allocates in old space from then on.
fill(60, 180);
//! mark "the scavenge has counted"

//! chapter "Straight into old space"

//: None of these is copied any more. (In V8 only optimised code makes use of what a site learned; here all code does.)
//: Run this again with the machine's setting allocation-site-pretenuring off, and compare the bytes that were copied.
fill(180, 300);

//! collect full
//! mark "end"
console.log(table.length);
