/* object-churn.js - small objects made, read and forgotten */
function Point(x, y) { this.x = x; this.y = y; }
Point.prototype.add = function (other) { return new Point(this.x + other.x, this.y + other.y); };
var at = new Point(0, 0), sum = 0;
for (var i = 0; i < 1000000; i++) {
  at = at.add({ x: i % 3, y: 1, name: 'step' });
  if (at.x > 1000) at = new Point(0, 0);
  sum += at.x;
}
(typeof print === 'function' ? print : console.log)(sum);
