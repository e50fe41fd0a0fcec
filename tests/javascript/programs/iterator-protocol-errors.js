// What iterators do that do not keep the protocol
const iterable = (iterator) => ({ [Symbol.iterator]: () => iterator });
const uses = {
  spread: (x) => [...x],
  forOf: (x) => { for (const y of x) return y; return 'none'; },
  array: (x) => { const [a, b] = x; return [a, b]; },
  hole: (x) => { const [, , ...r] = x; return r; },
  empty: (x) => { const [] = x; return 'empty'; },
  assign: (x) => { let a; [a = 3] = x; return a; },
  call: (x) => Math.max(...x),
  made: (x) => new Array(...x),
  map: (x) => new Map(x),
  set: (x) => new Set(x),
  star: (x) => [...(function* () { yield* x; })()],
  entries: (x) => Object.fromEntries(x),
};
const cases = {
  nothing: undefined,
  nul: null,
  number: 5,
  object: {},
  notCallable: { [Symbol.iterator]: 1 },
  noObject: iterable(1),
  resultNumber: iterable({ next: () => 1 }),
  nextThrows: iterable({ next() { throw new Error('next'); } }),
  doneThrows: iterable({ next: () => ({ get done() { throw new Error('done'); } }) }),
  valueThrows: iterable({ next: () => ({ done: false, get value() { throw new Error('value'); } }) }),
  done: iterable({ next: () => ({ done: true, value: 9 }) }),
};
for (const [what, x] of Object.entries(cases)) {
  for (const [how, use] of Object.entries(uses)) {
    let said;
    try { said = use(x); } catch (e) { said = `${e.name}: ${e.message}`; }
    console.log(what, how, said);
  }
}

// Closing: return () is called when a loop or a pattern leaves early
const closing = (give) => iterable({ n: 0, next() { return { done: false, value: ++this.n }; },
  return: give && function (v) { console.log('return', arguments.length); return give(v); } });
const leaves = {
  break: (x) => { for (const y of x) break; return 'left'; },
  return: (x) => { for (const y of x) return y; },
  throw: (x) => { for (const y of x) throw new Error('body'); },
  continueOuter: (x) => { outer: for (const i of [1, 2]) for (const y of x) continue outer; return 'outer'; },
  pattern: (x) => { const [a] = x; return a; },
  target: (x) => { const o = { set p(v) { throw new Error('target'); } }; [o.p] = x; },
  default: (x) => { const [a, { b }, c = (() => { throw new Error('default'); })()] = x; return a; },
  map: (x) => new Map(x),
  from: (x) => Array.from(x, () => { throw new Error('mapper'); }),
  star: (x) => { const g = (function* () { yield* x; })(); g.next(); return g.return(7); },
  starThrow: (x) => { const g = (function* () { yield* x; })(); g.next(); return g.throw(new Error('in')); },
};
const returns = { none: undefined, object: () => ({}), number: () => 1, throws: () => { throw new Error('closing'); } };
for (const [what, give] of Object.entries(returns)) {
  for (const [how, leave] of Object.entries(leaves)) {
    let said;
    try { said = leave(closing(give)); } catch (e) { said = `${e.name}: ${e.message}`; }
    console.log(what, how, said);
  }
}
try { for (const x of iterable({})) break; } catch (e) { console.log(e.message); }

// A generator that is left within a pattern closes what the pattern reads; what that throws is not caught inside
const leave = (give, left) => { const g = left(closing(give)); g.next(); return g.return(8); };
const inside = {
  pattern: function* (x) { let a; [a = yield 1, a] = x; },
  target: function* (x) { const o = {}; [o[yield 1]] = x; },
  loop: function* (x) { for (const y of x) yield y; },
  caught: function* (x) { for (const y of x) try { yield y; } catch (e) { console.log('caught inside', e.message); } },
  twice: function* (x) { for (const y of x) for (const z of x) try { yield z; } finally { console.log('finally'); } },
};
for (const [what, give] of Object.entries(returns)) {
  for (const [how, left] of Object.entries(inside)) {
    let said;
    try { said = leave(give, left); } catch (e) { said = `${e.name}: ${e.message}`; }
    console.log(what, how, said);
  }
}
(async () => {
  const slow = (give) => ({ [Symbol.asyncIterator]: () => ({ next: async () => ({ value: 1, done: false }),
    return: async () => { console.log('slow return'); return give(); } }) });
  for (const [what, give] of Object.entries(returns)) {
    if (give === undefined) continue;
    for (const f of [async (x) => { for await (const y of x) break; }, async (x) => { for await (const y of x) return y; },
      async (x) => { for await (const y of x) try { return y; } catch (e) { console.log('caught inside'); } },
      async (x) => { for await (const y of x) throw new Error('body'); }]) {
      try { console.log(what, await f(slow(give))); } catch (e) { console.log(what, e.message); }
    }
  }
})();
