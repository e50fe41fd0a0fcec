// A cache that may lose what it holds.

//! chapter "Loading"

const cache = new Map();
const registry = new FinalizationRegistry((name) => {
  //: The callback runs some time after the collection that took the image, as a task of its own.
  if (cache.get(name)?.deref() === undefined) cache.delete(name);
});

function load(name) {
  const found = cache.get(name)?.deref();
  if (found !== undefined) return found;
  const image = { name, pixels: new Array(40).fill(0) };
  //: The Map holds the WeakRef, and the WeakRef does not hold the image.
  cache.set(name, new WeakRef(image));
  registry.register(image, name);
  return image;
}

let shown = load('cat');
load('dog');
//! mark "loaded"

//: What a WeakRef was made for, or gave out, lives at least until the end of the current task. So the rest is a task of
//: its own.
setTimeout(() => {
  //! chapter "Collected"
  //: Nobody shows the dog any more: the full collection takes it and clears its WeakRef. The cat is in use.
  //! collect full
  //! mark "the dog is gone"
  console.log(cache.get('cat').deref() === shown, cache.get('dog').deref());
}, 10);

setTimeout(() => {
  //: By now the registry has called back, and the empty entry is out of the Map.
  console.log(cache.size);
  shown = null;
  //! mark "end"
}, 20);
