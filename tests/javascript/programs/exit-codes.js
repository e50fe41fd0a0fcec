// process.exit ends at once, with its code; exit handlers run.
process.on('exit', (code) => console.log('leaving with', code));
setTimeout(() => console.log('never'), 10);
try { console.log('before'); process.exit(3); } finally { console.log('never, either'); }
