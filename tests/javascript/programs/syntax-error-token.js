// A syntax error is told with file, line, the line itself and a caret; nothing runs.
console.log('never');
const a = 1;
const b = a +* 2;
