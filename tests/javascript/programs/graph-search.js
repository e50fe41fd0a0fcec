// Breadth first, depth first, Dijkstra.
const g = { a: { b: 1, c: 4 }, b: { c: 2, d: 5 }, c: { d: 1 }, d: {} };
function bfs(s) { const seen = new Set([s]), q = [s]; for (const n of q) for (const m in g[n]) if (!seen.has(m)) { seen.add(m); q.push(m); } return [...seen]; }
function dijkstra(s) { const dist = Object.fromEntries(Object.keys(g).map((k) => [k, Infinity])), todo = new Set(Object.keys(g)); dist[s] = 0; while (todo.size) { let u = null; for (const k of todo) if (u === null || dist[k] < dist[u]) u = k; todo.delete(u); for (const [v, w] of Object.entries(g[u])) dist[v] = Math.min(dist[v], dist[u] + w); } return dist; }
const dfs = (n, seen = []) => seen.includes(n) ? seen : Object.keys(g[n]).reduce((s, m) => dfs(m, s), [...seen, n]); console.log(bfs('a'), dijkstra('a'), dfs('a'));
const topo = (() => { const out = [], done = new Set(); const visit = (n) => { if (done.has(n)) return; done.add(n); Object.keys(g[n]).forEach(visit); out.unshift(n); }; Object.keys(g).forEach(visit); return out; })(); console.log(topo);
