// Endless recursion ends in a RangeError that can be caught.
let depth = 0; function down() { depth++; down(); } try { down(); } catch (e) { console.log(e instanceof RangeError, e.name, e.message, depth > 5000, depth < 50000); }
function mutual(n) { return n % 2 ? odd(n) : odd(n); } function odd(n) { return mutual(n + 1); } try { mutual(0); } catch (e) { console.log(e.message); }
const o = { get a() { return this.a; } }; try { o.a; } catch (e) { console.log(e.message); } class C { constructor() { new C(); } } try { new C(); } catch (e) { console.log(e.message); }
const t = { toString() { return `${this}`; } }; try { String(t); } catch (e) { console.log(e.message); } let nested = []; for (let i = 0; i < 5; i++) nested = [nested]; console.log(JSON.stringify(nested)); try { [1].map(function f() { [1].map(f); }); } catch (e) { console.log(e.message); }
function few(n) { return n === 0 ? 'bottom' : few(n - 1); } console.log(few(5000)); let again = 0; function retry() { try { retry(); } catch { again++; } } retry(); console.log(again > 0); const arr = [5, 3, 1]; try { arr.sort(function c() { arr.slice().sort(c); return 0; }); } catch (e) { console.log(e.message); }
