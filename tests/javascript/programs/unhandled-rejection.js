// A rejected promise that nobody handles ends the program.
async function load() { await null; throw new TypeError('load failed'); }
load();
setTimeout(() => console.log('never'), 50);
