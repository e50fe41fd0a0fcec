// process.exitCode is used when the program ends by itself.
process.exitCode = 7;
setTimeout(() => console.log('timers still run'), 5);
Promise.resolve().then(() => console.log('microtasks too'));
console.error('something on stderr');
console.warn('a warning'); process.stderr.write('raw stderr\n');
