// Objects refer to each other; copies of references are not copies of objects.
const user = { name: 'Alice', age: 30, hobbies: ['reading', 'chess'] };
const same = user, copy = { ...user };
same.age = 31; copy.hobbies.push('running'); copy.name = 'Bob';
console.log(user, copy, same === user, copy.hobbies === user.hobbies);
function birthday(p) { p.age++; p = { age: 0 }; return p; }
console.log(birthday(user), user.age);
user.hobbies = null; console.log(user, copy);
