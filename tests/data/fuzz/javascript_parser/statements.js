outer: for (let i = 0, j; i < 3; i++) { if (i) continue outer; else break; }
for (const [k, v] of m) () => k; for (var q in o); do ; while (0) while (1) break
switch (a) { case 1: let s; default: function t () { return s; } case b: class U {} }
try { throw new Error (`x`); } catch ({ message }) { message; } finally {}
if (a) function g () {} else { var a; label: { break label; } } debugger;
function h (a, b = arguments, { c } = a) { var a; return () => this + new.target + a; } let let_ = let2 => { return; }
function* y () { const z = yield, w = yield* z; } async function v () { for await (const u of t) await u; }
