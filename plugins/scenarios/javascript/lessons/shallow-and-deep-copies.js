// Three ways of copying, and how many objects each makes.

//! chapter "The original"

const original = { name: 'plan', owner: { name: 'Ann' }, steps: ['think', 'do'] };
//! mark "original"

//! chapter "No copy at all"

//: Assignment copies the reference: one object, two names.
const alias = original;
alias.name = 'the plan';

//! chapter "A shallow copy"

//: One new object. Its slots have the same references, so owner and steps are shared.
const shallow = { ...original };
shallow.name = 'a copy';
//: Seen through the original too: it is the same array.
shallow.steps.push('rest');
//! mark "shallow"

//! chapter "A deep copy"

//: Every object that can be reached is made anew; nothing is shared.
const deep = structuredClone(original);
deep.owner.name = 'Bob';
deep.steps.length = 0;
//! mark "deep"

//: By JSON it works as well, but takes a string in between, which is garbage at once, and loses what JSON has no words
//: for: undefined, dates, Maps, cycles.
const parsed = JSON.parse(JSON.stringify(original));
//! collect young
//! mark "end"
console.log(original.name, original.owner.name, original.steps.length, parsed.steps.length);
