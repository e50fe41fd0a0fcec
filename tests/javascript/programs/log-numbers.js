console.log(1, -1, 0, 1.5, 1e21, NaN, Infinity); console.log(7 / 2, 7 % 2, 2 ** 8);
