console.log({ a: 1 }, {}, { name: 'x', list: [1, 2], inner: { y: true } });
