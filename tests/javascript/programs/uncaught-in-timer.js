// An error in a timer ends the program; later timers never run.
setTimeout(function tick() { console.log('tick'); throw new RangeError('in timer'); }, 1);
setTimeout(() => console.log('never'), 20);
