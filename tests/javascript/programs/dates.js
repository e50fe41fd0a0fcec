// Date in UTC, parsing, arithmetic, formats.
const d = new Date(Date.UTC(2024, 1, 29, 12, 34, 56, 789));
console.log(d.toISOString(), d.getTime(), d.getUTCFullYear(), d.getUTCMonth(), d.getUTCDate(), d.getUTCDay(), d.getUTCHours(), d.getUTCMinutes(), d.getUTCSeconds(), d.getUTCMilliseconds(), JSON.stringify({ d }), d);
console.log(new Date(0).toISOString(), new Date('2024-01-15').getTime(), new Date('2024-01-15T10:00:00Z').getTime(), new Date('2024-01-15T10:00:00+02:00').toISOString(), Date.parse('1970-01-01T00:00:01.5Z'), Date.UTC(2000, 0), new Date(8.64e15).toISOString(), new Date('+010000-01-01T00:00:00Z').getTime());
const e = new Date(d); e.setUTCDate(31); console.log(e.toISOString(), e.setUTCMonth(0), e.setUTCFullYear(2023, 5, 15), e.toISOString(), e - d, d > e, +d === d.valueOf(), typeof (d + 1), typeof (d - 1));
console.log(new Date(NaN), isNaN(new Date('nonsense')), new Date(NaN).getTime(), String(new Date(NaN)), JSON.stringify(new Date(NaN)), new Date(undefined).getTime(), new Date(null).getTime(), new Date(8.64e15 + 1).getTime());
try { new Date(NaN).toISOString(); } catch (x) { console.log(x.name, x.message); }
console.log(typeof Date(), typeof Date.now(), Date.now() > 0, new Date() instanceof Date, Date.length, Object.prototype.toString.call(d), new Date(2020, 11, 31, 23, 59, 59).getFullYear(), d.toUTCString());
const days = (a, b) => Math.round((Date.UTC(b.getUTCFullYear(), b.getUTCMonth(), b.getUTCDate()) - Date.UTC(a.getUTCFullYear(), a.getUTCMonth(), a.getUTCDate())) / 864e5); console.log(days(new Date('2024-01-01'), new Date('2025-01-01')), [new Date(2e12), new Date(1e12)].sort((a, b) => a - b).map((x) => x.toISOString()));
for (let m = 0; m < 14; m += 3) console.log(new Date(Date.UTC(2023, m + 1, 0)).toISOString().slice(0, 10));
console.log(new Date(Date.UTC(99, 0)).toISOString(), new Date(-1).toISOString(), new Date(-62198755200000).toISOString(), new Date(1e12)[Symbol.toPrimitive]('number'), { when: new Date(5) }, [new Date(7)]);
d.setTime(0); console.log(d.getTime(), d.setUTCHours(25, 61, 61, 1001), d.toISOString(), d.toJSON());
