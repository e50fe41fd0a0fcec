// Who adds a listener takes it away.

class Store {
  constructor() { this.listeners = []; }
  on(listener) {
    this.listeners.push(listener);
    return () => { this.listeners = this.listeners.filter((other) => other !== listener); };
  }
  emit(what) { for (const listener of this.listeners) listener(what); }
}

const store = new Store();

class View {
  constructor(n) {
    this.title = 'view ' + n;
    this.rows = new Array(8).fill(n);
    //: What on returns takes the listener away again.
    this.off = store.on((what) => { this.last = what; });
  }
  close() { this.off(); }
}

//! chapter "Views come and go"

for (let n = 0; n < 8; n++) {
  const view = new View(n);
  store.emit('shown ' + view.title);
  //: The store has no reference to the view any more; with the frame the last one goes.
  view.close();
}
//! mark "views closed"

//! collect full
//: No path leads to the views. All of them are gone.
//! mark "end"
console.log(store.listeners.length);
