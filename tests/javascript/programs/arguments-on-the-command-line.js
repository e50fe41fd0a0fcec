// args: first --flag 42
// process.argv holds the program, the script, and what follows.
console.log(process.argv.slice(2), process.argv.length);
const [, , name, ...rest] = process.argv; console.log(name, rest, rest.map(Number));
