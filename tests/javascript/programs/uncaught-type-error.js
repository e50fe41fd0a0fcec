// A mistake of the program's own.
const user = { name: 'ann' };
console.log(user.name);
user.address.street = 'Main';
