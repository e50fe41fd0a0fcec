function size(n) { if (n < 10) return 'small'; else if (n < 100) { return 'medium'; } else return 'large'; }
console.log(size(5), size(50), size(500)); let r; if (r) console.log('no'); else r = 1; console.log(r, r ? 'set' : 'unset', !r || 'or', r && 'and');
