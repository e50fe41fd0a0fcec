// sort: by text, by number, stable, holes and undefined last.
console.log([10, 9, 1, 2].sort(), [10, 9, 1, 2].sort((a, b) => a - b), ['b', 'a', 'C'].sort(), [true, false, null, undefined, 'x', 3].sort());
console.log([3, undefined, 1, , 2].sort(), [3, undefined, 1, , 2].sort((a, b) => b - a), ['é', 'z', 'a', 'Z'].sort((a, b) => a.localeCompare(b)));
const people = []; for (let i = 0; i < 40; i++) people.push({ age: i * 7 % 5, id: i });
people.sort((a, b) => a.age - b.age);
let stable = true; for (let i = 1; i < people.length; i++) if (people[i - 1].age === people[i].age && people[i - 1].id > people[i].id) stable = false;
console.log(stable, people.map((p) => p.id).join(' '));
let seed = 1; const random = () => (seed = seed * 16807 % 2147483647) / 2147483647;
const big = Array.from({ length: 2000 }, random).sort((a, b) => a - b); let ok = true; for (let i = 1; i < big.length; i++) if (big[i - 1] > big[i]) ok = false; console.log(ok);
console.log([1, 2, 3].sort(() => 0), [2, 1].sort(undefined), [..."hello"].sort().join(''));
try { [1, 2].sort('x'); } catch (e) { console.log(e.message); }
try { [1, 2].sort(() => { throw new Error('compare'); }); } catch (e) { console.log(e.message); }
const log = []; [3, 1, 2].sort((a, b) => { log.push(a + ',' + b); return a - b; }); console.log(log);
const a = [5, 3]; console.log(a.sort() === a, ['10', 9, '8', 1].sort(), [-1, -2, 5, 10].sort(), [0, -0].sort().map((x) => Object.is(x, -0)));
console.log(Array.prototype.sort.call({ length: 3, 0: 'c', 1: 'a', 2: 'b' }), [[2, 'b'], [1, 'z'], [10, 'a']].sort().join('|'));
