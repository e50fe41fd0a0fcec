// Promises: chains, errors, combinators, and the order of microtasks.
const log = (...a) => console.log(...a);
Promise.resolve(1).then((v) => v + 1).then((v) => { throw new Error('e' + v); }).catch((e) => e.message).finally(() => log('finally')).then(log);
new Promise((resolve) => { log('executor'); resolve('r'); resolve('ignored'); throw 1; }).then(log);
Promise.reject(new Error('rejected')).then(() => log('never'), (e) => log(e.message));
Promise.all([1, Promise.resolve(2), new Promise((r) => setTimeout(r, 5, 3))]).then((v) => log('all', v));
Promise.all([1, Promise.reject('no')]).catch((e) => log('all', e));
Promise.allSettled([1, Promise.reject('bad')]).then((v) => log('settled', v));
Promise.race([new Promise((r) => setTimeout(r, 20, 'slow')), new Promise((r) => setTimeout(r, 1, 'fast'))]).then((v) => log('race', v));
Promise.any([Promise.reject(1), Promise.resolve(2)]).then((v) => log('any', v));
Promise.any([Promise.reject(1)]).catch((e) => log(e.constructor.name, e.errors, e.message));
Promise.resolve({ then(res) { log('thenable'); res('adopted'); } }).then(log);
const p = Promise.resolve(5);
log(Promise.resolve(p) === p, p, Promise.reject.name, new Promise(() => { }));
Promise.all([]).then((v) => log('empty', v));
const cyclic = new Promise((r) => setTimeout(() => r(cyclic), 0)); cyclic.catch((e) => log(e.message));
class MyPromise extends Promise { }
log(MyPromise.resolve(1).then(() => { }) instanceof MyPromise, Object.prototype.toString.call(p));
try { new Promise(); } catch (e) { log(e.message); }
try { Promise(); } catch (e) { log(e.message); }
log('sync end');
