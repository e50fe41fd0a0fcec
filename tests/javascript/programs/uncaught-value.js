// Anything can be thrown.
process.on('exit', (c) => console.log('code', c));
throw { code: 42, nested: { a: [1, 2] } };
