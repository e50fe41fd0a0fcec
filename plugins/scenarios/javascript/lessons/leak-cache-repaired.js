// A Map remembers the order of its entries: the first key is the one unused for longest.

const LIMIT = 4;
const cache = new Map();

function render(page) {
  const found = cache.get(page) ?? { page, html: new Array(4).fill('<p>' + page) };
  //: Taken out and put in again, so that it counts as the newest.
  cache.delete(page);
  cache.set(page, found);
  if (cache.size > LIMIT) {
    //: One too many: the oldest goes.
    cache.delete(cache.keys().next().value);
  }
  return found;
}

//! chapter "Visitors"

for (let i = 0; i < 20; i++) render('page ' + i);
//! mark "20 pages"

//! collect full
//: Four pages and a small table are left.
//! mark "end"
console.log(cache.size);
