// var and function declarations exist before their line; let and const do not.
console.log(typeof early, early(), later);
function early() { return 'early'; }
var later = 1;
console.log(later);
{ function inBlock() { return 'block'; } }
console.log(inBlock());
try { tdz; } catch (e) { console.log(e.name + ': ' + e.message); }
let tdz = 1;
try { typeof dead; let dead; } catch (e) { console.log(e.message); }
try { (function (a = b, b = 1) { })(); } catch (e) { console.log(e.message); }
try { notDeclared; } catch (e) { console.log(e.name, e.message); }
console.log(typeof notDeclared);
const fixed = 1;
try { fixed = 2; } catch (e) { console.log(e.name, e.message); }
function shadow() { var x = 1; { let x = 2; { var y = x; } } return [x, y]; }
console.log(shadow());
function twice() { return 1; }
function twice() { return 2; }
console.log(twice());
try { new Late(); class Late { } } catch (e) { console.log(e.message); }
switch (1) { case 0: let z = 1; break; case 1: try { z; } catch (e) { console.log(e.message); } }
console.log((function () { if (false) { var v = 1; } return v; })());
const self = function inner(n) { return n ? n * inner(n - 1) : 1; };
console.log(self(5), typeof inner, self.name);
