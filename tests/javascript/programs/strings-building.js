// Concatenation in loops, joins, slices of slices: cons and sliced strings flatten by themselves.
let s = ''; for (let i = 0; i < 1000; i++) s += i; console.log(s.length, s.slice(0, 20), s.slice(-10), s.charAt(1500), s.indexOf('999'));
let left = ''; for (let i = 0; i < 2000; i++) left = 'x' + left; console.log(left.length, left[1000]);
const parts = []; for (let i = 0; i < 100; i++) parts.push('item' + i); const joined = parts.join(','); console.log(joined.length, joined.split(',').length, joined.slice(100, 120));
const long = 'abcdefghijklmnopqrstuvwxyz'.repeat(10); const cut = long.slice(13, 200); const cutcut = cut.slice(13, 100); console.log(cut.length, cutcut.slice(0, 15), cutcut === long.slice(26, 113), cutcut.length);
const a = 'some longer piece of text', b = 'some longer ' + 'piece of text', c = ['some longer', 'piece of text'].join(' '); console.log(a === b, b === c, a + c === c + b, { [a + '!']: 1 }[c + '!'], new Map([[a + 1, 'found']]).get(b + 1));
let deep = 'a'; for (let i = 0; i < 16; i++) deep = deep + deep; console.log(deep.length, deep === 'a'.repeat(65536), deep.lastIndexOf('a'));
let mixed = ''; for (const v of [1, 1.5, true, null, undefined, [1, 2], {}, () => 1, 10n]) mixed += v + '|'; console.log(mixed);
let wide = 'ascii'; wide += '\u2603'; wide += 'é'; console.log(wide, wide.length, wide.slice(0, 5) === 'ascii', wide.split('').map((x) => x.charCodeAt(0)));
const reversed = [...'hello world, this is long'].reverse().join(''); console.log(reversed, reversed.toUpperCase());
let csv = ''; for (let r = 0; r < 3; r++) { for (let col = 0; col < 3; col++) csv += (col ? ',' : '') + r * col; csv += '\n'; } console.log(csv);
console.log('x'.concat('y'.repeat(20), 'z').length, 'ab' + 'cd' === 'abcd', ('a' + 'b').length, ''.concat() === '', 'a' + '' === 'a');
try { 'x'.repeat(2 ** 29 - 24).length; let t = 'x'.repeat(2 ** 28); t += t; console.log('no error'); } catch (e) { console.log(e.name, e.message); }
