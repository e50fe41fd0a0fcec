/* sorting.js - 100,000 objects sorted by a comparison function */
var seed = 42, items = [], i, ordered = true;
function random() { seed = (seed * 16807) % 2147483647; return seed; }
for (i = 0; i < 100000; i++) items.push({ key: random() % 50000, index: i });
items.sort(function (a, b) { return a.key - b.key; });
for (i = 1; i < items.length; i++) if (items[i - 1].key > items[i].key) ordered = false;
(typeof print === 'function' ? print : console.log)(ordered, items[0].key, items[items.length - 1].key);
