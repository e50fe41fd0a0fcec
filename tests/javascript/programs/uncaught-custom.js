// An error of its own class, with properties and a cause.
class DatabaseError extends Error { constructor(message, options) { super(message, options); this.name = 'DatabaseError'; this.code = 'E_DB'; } }
function connect() { throw new Error('refused'); }
try { connect(); } catch (cause) {
  throw new DatabaseError('no connection', { cause });
}
