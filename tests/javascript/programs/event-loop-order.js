// Synchronous code, nextTick, microtasks, timers and immediates in Node's order.
console.log('1 sync');
setTimeout(() => { console.log('8 timeout'); Promise.resolve().then(() => console.log('9 micro in timeout')); process.nextTick(() => console.log('8b tick in timeout')); }, 0);
setTimeout(() => console.log('10 timeout 2'), 0);
setTimeout(() => console.log('12 timeout later'), 30);
setTimeout(() => setImmediate(() => console.log('11 immediate')), 0);
process.nextTick(() => { console.log('3 tick'); process.nextTick(() => console.log('4 tick in tick')); Promise.resolve().then(() => console.log('6b')); });
Promise.resolve().then(() => { console.log('5 micro'); queueMicrotask(() => console.log('7 micro in micro')); process.nextTick(() => console.log('7b tick in micro')); });
queueMicrotask(() => console.log('6 micro 2'));
(async () => { console.log('1b async body'); await null; console.log('6c after await'); })();
console.log('2 sync end');
