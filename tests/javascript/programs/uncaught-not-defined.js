// A name that nobody declared, in a callback.
[1, 2].forEach((n) => {
  console.log(n);
  missing(n);
});
