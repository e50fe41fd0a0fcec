// A listener is a reference: from the store to the function, and from the function to all that it uses.

class Store {
  constructor() { this.listeners = []; }
  on(listener) { this.listeners.push(listener); }
  emit(what) { for (const listener of this.listeners) listener(what); }
}

const store = new Store();

class View {
  constructor(n) {
    this.title = 'view ' + n;
    this.rows = new Array(8).fill(n);
    //: The arrow function keeps its context, which holds this: the view. The store keeps the function. So the store,
    //: which lives as long as the program, holds each view that ever was.
    store.on((what) => { this.last = what; });
  }
}

//! chapter "Views come and go"

for (let n = 0; n < 8; n++) {
  //: The view is used and forgotten: its frame is gone, and still it is no garbage.
  const view = new View(n);
  store.emit('shown ' + view.title);
}
//! mark "views forgotten"

//! collect full
//: The collector is right: there is a path from the store to each of the views.
//! mark "end"
console.log(store.listeners.length);
