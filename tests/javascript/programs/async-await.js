// async functions: order, errors, loops, parallel against one after another.
const sleep = (ms, v) => new Promise((r) => setTimeout(r, ms, v));
async function work(name, ms) { console.log('start', name); const v = await sleep(ms, name); console.log('end', v); return v.toUpperCase(); }
async function main() {
  console.log(await work('a', 5), await work('b', 1));
  console.log(await Promise.all([work('c', 10), work('d', 2)]));
  try { await (async () => { throw new TypeError('inside'); })(); } catch (e) { console.log(e.name, e.message); } finally { console.log('finally'); }
  for (const n of [3, 2, 1]) console.log(await sleep(n, n));
  const results = []; for (const f of [async () => 1, () => 2]) results.push(await f());
  console.log(results, await null, await { then(r) { r('thenable'); } });
  return 'done';
}
console.log('before');
main().then(console.log);
console.log('after', main.constructor.name, Object.prototype.toString.call(main), main);
const arrow = async (x) => x * 2; arrow(21).then(console.log);
class S { async load() { await null; return this.v; } v = 'loaded'; static async make() { return new this(); } }
S.make().then((s) => s.load()).then(console.log);
(async () => { const fn = async () => { try { return await Promise.reject('r'); } catch (e) { return 'c' + e; } }; console.log(await fn()); })();
(async function () { const { a = await 1, b } = { b: await 2 }; console.log(a, b, `${await 3}`, [await 4]); })();
console.log((async () => { })());
