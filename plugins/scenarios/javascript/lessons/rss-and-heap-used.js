// Four numbers, and which of them a leak makes grow.

function tell(when) {
  const { rss, heapTotal, heapUsed, external, arrayBuffers } = process.memoryUsage();
  //: heapUsed: bytes of objects, garbage included until it is collected. heapTotal: pages of the heap. arrayBuffers and
  //: external: bytes that objects own outside of the heap. rss: what of all this lies in RAM.
  return { when, rss, heapTotal, heapUsed, external, arrayBuffers };
}

//! chapter "Objects"

const rows = [tell('start')];
let objects = Array.from({ length: 100 }, (_, i) => ({ i, text: 'object ' + i }));
rows.push(tell('100 objects'));
//! mark "objects"

//! chapter "Bytes outside of the heap"

//: The array is a small object of the heap; its 50,000 bytes are not in the heap. heapUsed hardly grows.
let bytes = new Uint8Array(50000);
rows.push(tell('50,000 bytes outside'));
//! mark "bytes outside"

//! chapter "Letting go"

//: Forgotten, and still counted: nothing was collected yet.
objects = null;
bytes = null;
rows.push(tell('forgotten'));
//: Now they go. heapTotal goes down later or not at all: V8 keeps pages for the next objects, and that is no leak.
//! collect full
rows.push(tell('collected'));
//! mark "end"
console.log(rows.map((row) => row.when).join(', '));
