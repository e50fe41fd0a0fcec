// Rejected with something that is no error.
Promise.reject({ reason: 'because' });
