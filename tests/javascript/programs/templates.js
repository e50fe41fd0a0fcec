// Template literals, tagged ones, raw strings and their identity.
const name = 'world', n = 3;
console.log(`hello ${name}, ${n + 1} ${n > 2 ? `nested ${n}` : ''}`);
console.log(`two
lines \t tab \u0041 \x42 \u{1F600} \\ \` \${}`);
function tag(strings, ...values) { return strings.map((s, i) => s + (i < values.length ? `[${typeof values[i]}]` : '')).join(''); }
console.log(tag`a${1}b${'x'}c${null}`);
console.log(String.raw`\n${1}\u0041`, ((s) => s.raw[0])`\t\``);
const ids = [];
function id(s) { ids.push(s); return s; }
for (let i = 0; i < 2; i++) id`same${i}`;
console.log(ids[0] === ids[1], Object.isFrozen(ids[0]), id`a` === id`a`);
console.log(((s) => s[0])`\unicode`, `${[1, 2]}`, `${{}}`, `${() => 1}`);
try { `${Symbol('s')}`; } catch (e) { console.log(e.message); }
console.log(`${undefined} ${null} ${true} ${1n} ${-0}`);
const obj = { tag(s) { return this.p + s[0]; }, p: 'this ' };
console.log(obj.tag`works`, (function (s) { return { got: s }; })`x`.got);
