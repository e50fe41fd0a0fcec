// What a forced collection takes: WeakRef targets, FinalizationRegistry callbacks.
const registry = new FinalizationRegistry((what) => console.log('finalized', what));
const live = { live: true };
let ref;
(function () { const temporary = { big: new Array(100) }; ref = new WeakRef(temporary); registry.register(temporary, 'temporary'); registry.register(live, 'live'); })();
console.log(ref.deref() !== undefined);
setTimeout(() => { gc(); console.log(ref.deref()); setTimeout(() => console.log('end', live.live), 10); }, 10);
