// References lead from the stack to the heap, and on from object to object.

//! chapter "Roots and references"

function makeTeam() {
  //: Two players on the heap. The frame of makeTeam refers to both, so both live.
  const first = { name: 'Ann', score: 10 };
  const second = { name: 'Bob', score: 20 };
  //: The team refers to the players. They are held twice now: by the frame and by the team.
  const team = { title: 'Heapers', members: [first, second] };
  //! mark "held by the frame"
  return team;
}

//: The frame is gone and first and second with it: those were names. The players live on, because the team's array
//: refers to them, and the global scope refers to the team.
const team = makeTeam();
//! mark "held by the team"

//! chapter "Reachable or not"

//: What counts is the path from a root: stack, globals, handles. An object that no path leads to is garbage, even when
//: others refer to it.
let cycle = { name: 'a' };
cycle.friend = { name: 'b', friend: cycle };

//: These two refer to each other and nothing else to them. A collector that counts references never finds out; V8 does
//: not count, it looks what the roots reach.
cycle = null;
//! mark "a cycle of garbage"
//! collect young
//! mark "the cycle is gone"

team.members.pop();
//! collect full
//: Bob had one reference left, and it went with pop.
//! mark "end"
