// A timer is a root as long as it may run.

function start(n) {
  const report = { n, lines: new Array(16).fill(n) };
  //: The list of timers refers to the callback, the callback to its context, and that to the report.
  setInterval(() => { report.ticks = (report.ticks ?? 0) + 1; }, 10);
}

//! chapter "Reports"

for (let n = 0; n < 8; n++) start(n);
//! mark "started"

setTimeout(() => {
  //: Nobody looks at the reports any more. Their timers still run, and each turn finds its report.
  //! collect full
  //! mark "end"
  console.log('8 reports, 8 timers');
  process.exit();
}, 35);
