// switch: strict comparison, falling through, default anywhere, scopes.
function kind(v) {
  switch (typeof v) {
    case 'number': return v > 10 ? 'big' : 'small';
    case 'string':
    case 'symbol': return 'texty';
    default: return 'other';
  }
}
console.log(kind(5), kind(50), kind('s'), kind(Symbol()), kind(null));
function fall(n) { const out = []; switch (n) { default: out.push('d'); case 1: out.push(1); case 2: out.push(2); break; case 3: out.push(3); } return out; }
console.log(fall(1), fall(2), fall(3), fall(9));
switch (true) { case 1 > 2: console.log('no'); break; case 2 > 1: console.log('yes'); break; }
switch ('1') { case 1: console.log('loose'); break; case '1': console.log('strict'); }
switch (NaN) { case NaN: console.log('never'); break; default: console.log('default'); }
switch (0) { case 0: { let a = 1; console.log(a); } case 1: { let a = 2; console.log(a); } }
switch (1) { }
for (let i = 0; i < 4; i++) { switch (i) { case 1: continue; case 3: break; default: console.log('turn', i); } }
const log = []; const t = (v) => (log.push(v), v);
switch (t(2)) { case t(1): case t(2): log.push('two'); case t(3): log.push('three'); }
console.log(log);
