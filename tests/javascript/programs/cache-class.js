// A cache by Map with a limit, hits and misses.
class Cache { constructor(limit) { this.limit = limit; this.items = new Map(); this.hits = this.misses = 0; } get(key, make) { if (this.items.has(key)) { this.hits++; return this.items.get(key); } this.misses++; const v = make(key); this.items.set(key, v); if (this.items.size > this.limit) this.items.delete(this.items.keys().next().value); return v; } }
const c = new Cache(3); for (const k of 'abcabdeaab') c.get(k, (x) => ({ value: x.toUpperCase().repeat(3) })); console.log(c, [...c.items.keys()]);
