// What a Map costs, and what a full collection does with old space.

//! chapter "Filling"

class Cache {
  constructor() {
    //: A Map is a small object and a hash table beside it, with room for 4 entries at first.
    this.entries = new Map();
  }

  load(key) {
    if (!this.entries.has(key)) {
      //: The table is full each time the number of entries doubles: a table of twice the size is made.
      this.entries.set(key, { key, body: 'body of ' + key, uses: 0 });
    }
    const entry = this.entries.get(key);
    entry.uses++;
    return entry;
  }
}

const cache = new Cache();
for (let i = 0; i < 24; i++) cache.load('page ' + i);
//! mark "filled"

//! chapter "Growing old"

//: What survives two scavenges is promoted: first the cache and its table, then the entries.
//! collect young
//! collect young
//! mark "in old space"

//! chapter "Mark, sweep, compact"

for (let i = 0; i < 24; i++) {
  if (i % 3 !== 0) {
    //: Deleted entries are garbage in old space, among those that live.
    cache.entries.delete('page ' + i);
  }
}
//! mark "holes to come"

//: A full collection marks what the roots reach, sweeps the rest into free lists, and compacts pages that are mostly
//: free: what lives on them is moved together.
//! collect full
//! mark "compacted"

for (let i = 0; i < 4; i++) cache.load('page ' + (100 + i));
//! collect full
//! mark "end"
console.log(cache.entries.size);
