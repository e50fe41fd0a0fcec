// Quick, merge, heap and insertion sort give the same.
let seed = 42; const rnd = () => seed = seed * 48271 % 2147483647; const data = Array.from({ length: 120 }, () => rnd() % 1000);
const quick = ([p, ...r]) => p === undefined ? [] : [...quick(r.filter((x) => x < p)), p, ...quick(r.filter((x) => x >= p))];
const merge = (a) => { if (a.length < 2) return a; const m = a.length >> 1, l = merge(a.slice(0, m)), r = merge(a.slice(m)), o = []; while (l.length && r.length) o.push(l[0] <= r[0] ? l.shift() : r.shift()); return o.concat(l, r); };
function insertion(a) { a = a.slice(); for (let i = 1; i < a.length; i++) { const v = a[i]; let j = i; while (j && a[j - 1] > v) a[j] = a[--j]; a[j] = v; } return a; }
function heap(a) { a = a.slice(); const down = (i, n) => { for (let c; (c = 2 * i + 1) < n; i = c) { if (c + 1 < n && a[c + 1] > a[c]) c++; if (a[i] >= a[c]) return;[a[i], a[c]] = [a[c], a[i]]; } }; for (let i = a.length >> 1; i--;) down(i, a.length); for (let n = a.length - 1; n > 0; n--) { [a[0], a[n]] = [a[n], a[0]]; down(0, n); } return a; }
const want = data.slice().sort((a, b) => a - b).join(); console.log([quick, merge, insertion, heap].map((f) => f(data).join() === want), data.length, want.split(',').length);
