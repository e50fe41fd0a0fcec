// One context for each scope, shared by all closures of that scope.

const handlers = [];

function open(n) {
  const data = new Array(40).fill('data of ' + n);
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

for (let n = 0; n < 20; n++) open(n);
//! mark "opened"

//! collect full
//: 20 short names are needed; 20 large arrays are kept with them.
//! mark "end"
console.log(handlers[3]());
