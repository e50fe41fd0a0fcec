// The generational hypothesis: of the objects made just now, most are garbage soon.

//! chapter "Used for a moment"

const kept = [];

function visit(i) {
  //: A point is made, used, and forgotten with the frame.
  const point = { x: i, y: i * i, label: 'p' + i };
  if (i % 16 === 0) {
    //: One of sixteen is kept.
    kept.push(point);
  }
  return point.x + point.y;
}

let sum = 0;
for (let i = 0; i < 160; i++) {
  //: When new space is full, a scavenge copies the few that live and takes the whole half back. Its work is measured by
  //: the survivors: the dead cost nothing.
  sum += visit(i);
}
//! mark "loop done"

//: Those kept long enough to survive twice were promoted to old space: they will not be copied again and again.
//! collect full
//! mark "end"
console.log(kept.length, sum);
