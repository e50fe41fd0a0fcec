// The usual lesson says: primitive values on the stack, objects on the heap. V8 does it otherwise.

//! chapter "Values"

function values() {
  //: A small integer: it lies in the frame's slot itself.
  const small = 42;
  //: Not a small integer: a HeapNumber on the heap, and a reference in the slot.
  const ratio = small / 5;
  //: A string is an object on the heap, however short. The slot refers to it.
  const text = 'text number ' + small;
  //: true, null and undefined are objects that exist once, made when V8 starts.
  const flag = ratio > 8;
  //! mark "values"
  return text.length + (flag ? 1 : 0);
}
values();

//! chapter "Variables that outlive their frame"

function counter() {
  //: count is used by the inner function. It cannot lie in this frame, which goes with the return: it gets a place in a
  //: context, an object on the heap of 16 bytes and 8 for each such variable (and what V8 keeps with it).
  let count = 0;
  return function next() {
    count++;
    return count;
  };
}

//: The frame of counter is gone. The closure refers to the context, and the context holds count.
const next = counter();
next();
//! mark "a context on the heap"

//: Each call of counter makes another context: two counters do not meet.
const other = counter();
other();
next();
console.log(next(), other());

//! chapter "Why it matters"

//: Making and forgetting a frame costs next to nothing. Making objects is cheap as well; what costs is keeping them.
for (let i = 0; i < 40; i++) values();
//! collect young
//! mark "end"
