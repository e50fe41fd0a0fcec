// setTimeout, setInterval, setImmediate, clearing them, arguments, order by time.
const log = []; const say = (s) => { log.push(s); };
setTimeout(say, 30, 'thirty'); setTimeout(say, 10, 'ten'); setTimeout(say, 20, 'twenty');
const cancelled = setTimeout(say, 15, 'cancelled'); clearTimeout(cancelled); clearTimeout(undefined); clearTimeout(12345);
let turns = 0;
const every = setInterval((name) => { say(name + ++turns); if (turns === 3) clearInterval(every); }, 100, 'interval');
const immediate = setImmediate(say, 'never'); clearImmediate(immediate);
setTimeout(function () { say(typeof this); }, 40);
const start = performance.now();
setTimeout(() => { const passed = performance.now() - start; say(passed >= 49 && passed < 400 ? 'about fifty' : 'wrong ' + passed); }, 50);
setTimeout(() => { setTimeout(say, 0, 'nested'); say('outer'); }, 60);
setTimeout(() => { const t = setTimeout(say, 5, 'unref'); t.unref(); t.ref(); say(typeof t.hasRef()); }, 500);
setTimeout(() => console.log(log), 700);
const d1 = Date.now(); setTimeout(() => { const d = Date.now() - d1; if (d < 700) console.log('early', d); }, 701);
