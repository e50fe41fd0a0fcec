// One context for each scope, shared by all closures of that scope.

const handlers = [];

function open(n) {
  const data = new Array(24).fill(n);
  const id = 'file ' + n;

  //: size uses data. So data is a variable of the context, not of the frame.
  const size = () => data.length;
  //: name uses only id. It has the same context, and with it data too, which it never touches.
  const name = () => id;

  size();
  //: size goes with the frame. name is kept, and holds the context, and that holds data.
  handlers.push(name);
}

//! chapter "Opening files"

for (let n = 0; n < 8; n++) open(n);
//! mark "opened"

//! collect full
//: 8 short names are needed; 8 large arrays are kept with them.
//! mark "end"
//: Here the program ends, and with it what its frame held. A server does not end.
console.log(handlers[3]());
