// Two scavenges on purpose, and what becomes of four objects.

//! chapter "New space"

//: New objects are put into to-space, one behind the other: an allocation only moves a pointer.
let a = { name: 'a' };
let b = { name: 'b', other: a };
let c = { name: 'c' };
let d = { name: 'd' };
//! mark "four objects"

//: c is garbage now; and nobody else refers to d.
c = null;
d = null;

//! chapter "The first scavenge"

//: It begins with a flip: to-space becomes from-space, and the empty half to-space. Then what the roots reach is copied
//: over: a and b. At their old places they leave a forwarding address, so that b.other finds the new a.
//! collect young
//! mark "survived once"

//: c and d were not copied; nobody looked at them. The age mark stands behind the survivors: what lies below it has
//: survived one scavenge.
let e = { name: 'e', older: b };

//! chapter "The second scavenge"

//: a and b lie below the age mark, so this time they are promoted into old space. e is young and copied.
//! collect young
//! mark "promoted"

//! chapter "Old to young"

//: An old object refers to a young one: the write barrier notes that slot in the remembered set, so that the next
//: scavenge finds the young one without searching old space.
b.other = { name: 'young' };
a = null;
e = null;
//! collect young
//: The young one lives because of that note, though no frame knows it.
//! mark "remembered"

//: a is garbage in old space now. A scavenge does not look there; only a full collection does.
//! collect full
//! mark "end"
console.log(b.other.name);
