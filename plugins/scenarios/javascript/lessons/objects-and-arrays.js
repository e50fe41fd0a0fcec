// One object literal is several objects on the heap.

//! chapter "A user"

//: The literal makes an object with three slots in it: name, age and hobbies. The age is a small integer, so it lies in
//: its slot; the name is a string, an object of its own; and hobbies refers to an array.
const user = { name: 'Alice', age: 30, hobbies: ['reading', 'chess'] };
//! mark "a user"

//: An array is two objects: the array with its length, and its elements store, which has a slot for each element.
//: push needs a larger store than that of two: V8 makes one with room for more and leaves the old one as garbage.
user.hobbies.push('running');
//! mark "a larger store"

//! chapter "References"

//: This copies a reference, 8 bytes in the frame. There is still one user.
const same = user;
same.age = 31;
//: Both names tell of the same object.
console.log(user.age);

//: A new property is not put into the object that was there for three: it gets another hidden class, with a slot more.
user.city = 'Lisbon';

//: hobbies refers to nothing now. The array, its store and the strings that only they referred to are garbage at once;
//: nothing happens to them until a collection.
user.hobbies = null;
//! mark "hobbies forgotten"

//! collect young
//: The scavenge copied the user and what it reaches. The hobbies were not even looked at.
//! mark "end"
