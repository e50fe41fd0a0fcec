// Finding, cutting and testing strings.
const s = 'The quick brown fox jumps over the lazy dog';
console.log(s.length, s.indexOf('o'), s.indexOf('o', 13), s.lastIndexOf('o'), s.indexOf(''), s.indexOf('zz'), s.includes('fox'), s.startsWith('The'), s.startsWith('quick', 4), s.endsWith('dog'), s.endsWith('fox', 19));
console.log(s.slice(4, 9), s.slice(-3), s.slice(5, 2), s.substring(9, 4), s.substring(-5, 3), s.substr(4, 5), s.substr(-3, 2), s.charAt(4), s.charAt(99), s[0], s[99], s.at(-1));
console.log(s.split(' '), s.split(' ', 2), 'a,b,,c'.split(','), 'abc'.split(''), ''.split(','), ''.split(''), 'abc'.split(), 'a1b2'.split(/\d/), 'a1b2'.split(/(\d)/));
console.log('abc'.charCodeAt(1), 'abc'.charCodeAt(9), 'abc'.concat(1, null, 'x'), 'ab'.repeat(3), 'ab'.repeat(0), '5'.padStart(3, '0'), 'x'.padEnd(5, 'ab') + '|', 'abc'.padStart(2));
console.log('  trim '.trim() + '|', '  trim '.trimStart() + '|', '  trim '.trimEnd() + '|', '\t\n\u00a0x\ufeff'.trim().length, 'Hello'.toUpperCase(), 'Hello'.toLowerCase(), 'a-b-c'.replace('-', '+'), 'a-b-c'.replaceAll('-', '+'));
console.log('x'.replace('x', '$&$&$$'), 'abc'.replace('b', "[$`|$'|$&]"), 'abc'.replace('b', (m, i, all) => m.toUpperCase() + i + all), 'aaa'.replaceAll('a', (m, i) => i), 'abc'.replace('', '_'), 'abc'.replaceAll('', '_'));
console.log('a' < 'b', 'a' < 'B', 'abc' < 'abd', 'abc' < 'ab', '' < 'a', 'b'.localeCompare('a'), 'a'.localeCompare('b'), 'a'.localeCompare('a'), '10' > '9');
for (const bad of [() => 'a'.repeat(-1), () => 'a'.repeat(Infinity), () => 'a'.startsWith(/a/), () => 'aa'.replaceAll(/a/, 'b'), () => 'a'.normalize('X')]) try { bad(); } catch (e) { console.log(e.name, e.message); }
console.log([...'spread'].length, Array.from('from'), 'abc'.codePointAt(1), String.raw({ raw: ['a', 'b'] }, 1), 'multi\nline'.split('\n'), new String('obj'), new String('obj').length, typeof new String('x'), new String('a') == 'a', Object('abc')[1]);
console.log('word count of this sentence'.split(' ').reduce((m, w) => (m[w.length] = (m[w.length] || 0) + 1, m), {}), 'racecar' === [...'racecar'].reverse().join(''), 'camelCaseName'.replace(/[A-Z]/g, (c) => '_' + c.toLowerCase()));
'use'.x = 1; console.log('use'.x, 'abc'.constructor.name, 'abc'.hasOwnProperty(1), 'length' in Object('s'), String(null), String([1, [2]]), String({}), String(Symbol('d')), `${[]}`, 'a\0b'.length);
