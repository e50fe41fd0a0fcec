// What goes to standard error: error, warn, assert; groups indent it too.
console.log('out'); console.error('err', { a: 1 }); console.warn('warn %d', 5); console.assert(false); console.assert(false, 'message %s', 'x'); console.assert(0, { a: 1 }); console.group('g'); console.error('indented\ntwice'); console.groupEnd(); console.countReset('none'); console.log('end');
