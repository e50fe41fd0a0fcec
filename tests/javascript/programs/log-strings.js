console.log('hello'); console.log('a', 'b'); console.log('number:', 5); console.log("double", `template ${1 + 1}`);
