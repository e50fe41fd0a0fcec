// The same file, a chunk at a time.

function* readChunks(lines, size) {
  for (let start = 0; start < lines; start += size) {
    const chunk = [];
    for (let i = start; i < start + size; i++) chunk.push({ number: i, text: 'a line of the file, number ' + i });
    //: The generator stops here until the next chunk is asked for. Its registers are kept on the heap, in its object.
    yield chunk;
  }
}

//! chapter "Reading and working"

let characters = 0;
for (const chunk of readChunks(120, 10)) {
  //: Ten lines are alive; those of the chunk before are garbage already.
  for (const line of chunk) characters += line.text.length;
  if (chunk[0].number === 60) {
    //: Half of the file is read, and hardly anything is in memory.
    //! collect full
    //! mark "in the middle"
  }
}
console.log(characters);
//! collect full
//! mark "end"
