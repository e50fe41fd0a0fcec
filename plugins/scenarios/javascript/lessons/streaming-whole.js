// The whole file first, then the work.

function readAll(lines) {
  const all = [];
  for (let i = 0; i < lines; i++) all.push({ number: i, text: 'a line of the file, number ' + i });
  return all;
}

//! chapter "Reading"

//: 120 lines are 120 objects with their strings, all alive at once.
let lines = readAll(120);
//! collect full
//! mark "all in memory"

//! chapter "Working"

let characters = 0;
for (const line of lines) characters += line.text.length;
console.log(characters);

//: Only now can they go.
lines = null;
//! collect full
//! mark "end"
