// throw, catch, finally, and every way of leaving them.
function f(how) {
  try { if (how === 'throw') throw new Error('thrown'); if (how === 'return') return 'try'; return 'end'; }
  catch (e) { return 'caught ' + e.message; }
  finally { console.log('finally', how); if (how === 'override') return 'finally'; }
}
console.log(f('throw'), f('return'), f('override'), f());
try { try { throw 1; } finally { console.log('inner'); } } catch (e) { console.log('outer', e); }
try { try { throw 1; } catch (e) { throw e + 1; } finally { console.log('still'); } } catch (e) { console.log(e); }
for (let i = 0; i < 3; i++) { try { if (i === 0) continue; if (i === 1) break; } finally { console.log('loop', i); } }
const swallowed = () => { for (; ;) { try { throw 1; } finally { break; } } return 'swallowed'; };
console.log(swallowed());
try { throw { code: 42 }; } catch ({ code }) { console.log(code); }
try { null.x; } catch { console.log('no binding'); }
let e = 'outside'; try { throw 'inside'; } catch (e) { e = 'changed'; } console.log(e);
const order = [];
(() => { try { order.push('try'); return order.push('value'); } finally { order.push('finally'); } })();
console.log(order);
function deep(n) { if (!n) throw new TypeError('deep'); deep(n - 1); }
try { deep(50); } catch (err) { console.log(err instanceof TypeError, err instanceof Error, err.name, String(err)); }
const r = (() => { let x = 1; try { return x; } finally { x = 2; } })();
console.log(r);
outer: try { break outer; } finally { console.log('left'); }
