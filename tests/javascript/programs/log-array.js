console.log([1, 2, 3], [], ['a', "b'c"], [[1], [2, [3]]], [null, undefined, true]);
