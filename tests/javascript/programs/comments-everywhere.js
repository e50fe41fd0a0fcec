#!/usr/bin/env node
// line
/* block */ console.log(/* inside */ 'a' /* after */, // end
  'b'); /* multi
line */ console.log('c') /* before nl
*/ console.log('d')
console.log('e'); // ends
/** doc */ function f(/* no */ a /* params */) { return /* x */ a; } console.log(f('f')); //
//: a comment for the lesson
//! mark "a lesson's mark"
console.log('g' /* // not a comment end */, 'http://not.a.comment', /\/\*/.source);
