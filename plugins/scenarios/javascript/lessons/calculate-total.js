// Calls and returns: what lies on the stack, and what does not.

//! chapter "A call makes a frame"

//: A function is an object too: each declaration makes a closure on the heap, and a frame slot that refers to it.
function addTax(amount) {
  //: tax is 0.2: no small integer, so the slot refers to a HeapNumber of 16 bytes on the heap. The usual picture puts
  //: the number itself into the frame; V8 does that for small integers (Smis) alone.
  const tax = 0.2;
  //! mark "two frames deep"
  return amount + amount * tax;
}

function calculateTotal(a, b) {
  //: a and b are arguments. 10 and 20 are small integers: they lie in the frame itself and no object is needed.
  const sum = a + b;
  //: A call within a call: the frame of addTax goes on top of this one. The stack grows downwards.
  const total = addTax(sum);
  //: addTax has returned and its frame is gone, in no time: nobody has to collect a stack. The HeapNumber that
  //: its tax referred to stays on the heap, as garbage, until a collection comes.
  return total;
}

//: The program calls calculateTotal: a frame with the receiver, the arguments and room for the locals.
const total = calculateTotal(10, 20);
//! mark "returned"

//: 36 is the sum with its tax. The frame that made it is gone; its result was handed back.
console.log(total);

//! collect young
//: A scavenge starts from the stack and copies what it reaches. Numbers that only dead frames knew stay behind.
//! mark "end"
