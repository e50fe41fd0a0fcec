#!/usr/bin/env node
//: Narration
//: of two lines.
0 1.5 .5 5. 1e3 0x1Fn 0o17 0b101 017 019 1_000n '\x41\u0042\u{43}\101\
\8' "😀\ud83d\ude00" `a${`b${1}`}\u{` /[/]\//gimsuyd
/* one
two */ ünï \u0061b #x ?? ?. >>>= **= => ... ;a?.5:1 //! collect young
