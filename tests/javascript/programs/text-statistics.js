// Counting words and letters of a text.
const text = `The heap keeps what the roots reach; the rest is garbage.
The collector takes the garbage, the heap shrinks, and the program goes on.`;
const words = text.toLowerCase().match(/[a-z]+/g), count = {}; for (const w of words) count[w] = (count[w] ?? 0) + 1;
console.log(words.length, Object.entries(count).sort(([a, x], [b, y]) => y - x || a.localeCompare(b)).slice(0, 4), text.split('\n').map((l) => l.length)); const longest = words.reduce((a, b) => b.length > a.length ? b : a); console.log(longest, new Set(words).size, words.map((w) => w[0].toUpperCase() + w.slice(1)).slice(0, 5).join(' '));
const byLength = words.reduce((m, w) => m.set(w.length, [...(m.get(w.length) ?? []), w]), new Map()); console.log([...byLength.keys()].sort((a, b) => a - b), byLength.get(7)); console.log(text.replace(/\b(\w)(\w*)/g, (_, a, b) => a.toUpperCase() + b).slice(0, 30), [...text].filter((c) => 'aeiou'.includes(c)).length);
