// A cache without a limit.

const cache = new Map();

function render(page) {
  if (!cache.has(page)) {
    //: Nothing ever takes an entry out. The table doubles and doubles, and the pages are held by it.
    cache.set(page, { page, html: new Array(16).fill('<p>' + page) });
  }
  return cache.get(page);
}

//! chapter "Visitors"

for (let i = 0; i < 80; i++) {
  //: Hardly any page is asked for twice, and all of them are kept.
  render('page ' + i);
}
//! mark "80 pages"

//! collect full
//! mark "end"
console.log(cache.size);
