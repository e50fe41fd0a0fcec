// Filling an array by push, and making it of the right size at once.

//! chapter "Growing"

//: An empty array has no store at all.
const squares = [];

for (let i = 0; i < 200; i++) {
  //: When the store is full, V8 makes one for half as many again and 16: 17, 43, 82, 140, 227. All elements are copied.
  squares.push(i * i);
}
//! mark "grown"

//: Six stores were made for this array; five of them are garbage.
//! collect young
//! mark "stores collected"

//! chapter "Of the right size at once"

//: Where the size is known, one store is enough.
const right = new Array(200);
for (let i = 0; i < 200; i++) right[i] = i * i;
//! mark "made at once"

//: length = 0 forgets the elements and the store with them. The array itself stays.
squares.length = 0;
//! collect full
//! mark "end"
console.log(squares.length, right.length);
