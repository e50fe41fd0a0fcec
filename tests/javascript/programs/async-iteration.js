// for await, async generators, streams made of chunks.
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
async function* chunks(n) { try { for (let i = 1; i <= n; i++) { await sleep(1); yield 'chunk ' + i; } } finally { console.log('source closed'); } }
async function main() {
  for await (const c of chunks(3)) console.log(c);
  for await (const c of chunks(9)) { if (c.endsWith('2')) break; console.log(c); }
  for await (const v of [Promise.resolve(1), 2, sleep(1)]) console.log(v);
  const g = chunks(1); console.log(await g.next(), await g.next(), Object.prototype.toString.call(g));
  const o = { async *[Symbol.asyncIterator]() { yield* chunks(2); yield* ['sync']; } };
  for await (const c of o) console.log(c);
  async function* map(src, f) { for await (const v of src) yield f(v); }
  for await (const c of map(chunks(2), (s) => s.toUpperCase())) console.log(c);
  try { for await (const c of (async function* () { yield 1; throw new Error('stream broke'); })()) console.log(c); } catch (e) { console.log(e.message); }
  const q = (async function* () { const x = yield 1; console.log('x', x); })();
  console.log(await Promise.all([q.next(), q.next('sent'), q.next()]), await q.return('r'));
}
main().then(() => console.log('done'));
