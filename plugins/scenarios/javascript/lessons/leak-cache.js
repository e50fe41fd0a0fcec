// A cache without a limit.

const cache = new Map();

function render(page) {
  if (!cache.has(page)) {
    //: Nothing ever takes an entry out. The table doubles and doubles, and the pages are held by it.
    cache.set(page, { page, html: new Array(4).fill('<p>' + page) });
  }
  return cache.get(page);
}

//! chapter "Visitors"

for (let i = 0; i < 20; i++) {
  //: Hardly any page is asked for twice, and all of them are kept.
  render('page ' + i);
}
//! mark "20 pages"

//! collect full
//! mark "end"
//: Here the program ends, and with its frame the last reference to the cache goes. A server does not end.
console.log(cache.size);
