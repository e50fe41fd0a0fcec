// Strings are UTF-16: surrogates, code points, normalization, escapes.
const s = 'naïve 😀 日本';
console.log(s.length, [...s].length, s.codePointAt(6), s.charCodeAt(6), s.charCodeAt(7), s.at(-1), s.split('').length);
console.log('\u00e9' === 'e\u0301', '\u00e9' === 'e\u0301'.normalize(), 'e\u0301'.normalize('NFC').length, '\u00e9'.normalize('NFD').length);
console.log(String.fromCodePoint(0x1f600, 65), String.fromCharCode(0xd83d, 0xde00), '\u{1F600}' === '\uD83D\uDE00', '\x41\101'.length);
console.log('😀'.slice(0, 1).length, '😀'.charCodeAt(0).toString(16), encodeURIComponent('é😀 &/'), decodeURIComponent('%C3%A9'), encodeURI('a b/é?x=1'), escape('é ü'), unescape('%E9'));
console.log('ß'.toUpperCase(), 'İ'.toLowerCase().length, 'ΑΣ'.toLowerCase(), 'straße'.localeCompare('strasse') !== 0, 'é' > 'z', ['é', 'z', 'a'].sort());
const 变量 = 1, ñ = 2, $_ = 3, \u0061bc = 4; console.log(变量 + ñ + $_ + abc);
console.log('a\
b', 'tab\tnl\\n', "it's", 'q"q', '\0'.length, '\v\f\b'.length);
console.log(['日本', 'naïve', "quote'", 'both\'"', 'new\nline', '\u0001', '😀']);
console.log('日本'.padStart(5, '*'), '日本'.padEnd(5, '-') + '|', '日本語'.substring(1, 2), '日本'.indexOf('本'));
console.log('\ud83d'.isWellFormed?.() ?? false, [...'👨‍👩‍👧'].length, 'x'.codePointAt(5), 'ab'.localeCompare('ac'));
