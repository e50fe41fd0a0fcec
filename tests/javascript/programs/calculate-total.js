// The stack's usual lesson.
function calculateTotal(a, b) { const tax = 0.2; const sum = add(a, b); return sum + sum * tax; }
function add(x, y) { return x + y; }
const total = calculateTotal(10, 20);
console.log(total, calculateTotal(0.1, 0.2));
