// clearInterval lets go of the callback and of all that it holds.

function start(n) {
  const report = { n, lines: new Array(16).fill(n) };
  const timer = setInterval(() => {
    report.ticks = (report.ticks ?? 0) + 1;
    if (report.ticks === 2) {
      //: Done: the list of timers forgets the callback, and with it goes the path to the report.
      clearInterval(timer);
    }
  }, 10);
}

//! chapter "Reports"

for (let n = 0; n < 8; n++) start(n);
//! mark "started"

setTimeout(() => {
  //: All intervals are over.
  //! collect full
  //! mark "end"
  console.log('8 reports, no timer');
  process.exit();
}, 35);
