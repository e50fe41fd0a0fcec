// The stack has no fixed size but a limit: 984 KB in Node 20, much less here, so that it can be drawn.

//! chapter "Down"

let depth = 0;

function down(n) {
  depth = n;
  //: Each call is a frame more, and none of them returns.
  return down(n + 1) + 1;
}

try {
  down(0);
} catch (error) {
  //: The frame that did not fit became a RangeError; all those below have been left at once.
  //! mark "caught"
  console.log(error.message);
}

//! chapter "With an end"

function sum(n) {
  //: A recursion with an end is no trouble, as long as it is not too deep.
  return n === 0 ? 0 : n + sum(n - 1);
}
console.log(sum(8), depth > 8);

//: A loop needs one frame, however many turns it makes.
let total = 0;
for (let n = 0; n <= 100; n++) total += n;
console.log(total);
//! mark "end"
