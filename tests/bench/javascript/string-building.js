/* string-building.js - short pieces joined to long strings, cut, searched and joined again */
function build(n) {
  var text = '', parts = [], i;
  for (i = 0; i < n; i++) text += 'item ' + i + ';';
  for (i = 0; i < n; i++) parts.push('part ' + (i % 100));
  return text.length + parts.join(',').length + text.split(';').length + text.indexOf('item ' + (n - 1));
}
var sum = 0;
for (var turn = 0; turn < 10; turn++) sum += build(20000);
(typeof print === 'function' ? print : console.log)(sum);
