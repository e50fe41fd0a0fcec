// Data about objects, kept no longer than the objects.

//! chapter "Data about users"

//: The table of a WeakMap holds pairs of which the value counts as long as the key lives (an ephemeron).
const visits = new WeakMap();

function visit(user) {
  //: The value is an ordinary object. The WeakMap is no list of users: it cannot be asked for its keys.
  visits.set(user, { count: (visits.get(user)?.count ?? 0) + 1, last: 'page of ' + user.name });
}

let ann = { name: 'Ann' };
let bob = { name: 'Bob' };
visit(ann);
visit(bob);
visit(ann);
//! mark "two users"

//! chapter "A user goes"

//: The WeakMap still has Bob as a key. That is no reason for him to live.
bob = null;
//! mark "bob forgotten"

//: A scavenge may keep him and his value: V8 clears most weak things in full collections only.
//! collect young
//! mark "after a scavenge"

//: The full collection finds no path to Bob but the weak one: key and value go, and the table forgets the pair.
//! collect full
//! mark "end"
console.log(visits.has(ann), visits.get(ann).count);
