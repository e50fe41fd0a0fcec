// Flat strings, cons strings, sliced strings.

//! chapter "Pieces that are joined"

let text = '';
for (let i = 0; i < 24; i++) {
  //: From 13 characters on, + makes a cons string of 32 bytes: two references, no characters. The text so far is not
  //: copied, it is referred to.
  text += 'line ' + i + ', ';
}
//! mark "a chain of pairs"

//: Looking at a character needs the characters in one piece: the chain is flattened, once. After that the pairs are
//: garbage, but for the first, which refers to the flat string.
text.charCodeAt(0);
//! mark "flat"
//! collect young

//! chapter "A slice holds the whole"

//: From 13 characters on, slice makes a sliced string: a reference to the whole, and where the piece begins.
let piece = text.slice(10, 30);
//: The program forgets the whole. The piece does not.
text = null;
//! collect full
//! mark "a piece holds it all"

//: Characters of its own: split and join make a new flat string.
piece = piece.split('').join('');
//! collect full
//! mark "end"
console.log(piece);
