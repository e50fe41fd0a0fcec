// Assigning to a constant, in a function called by a method.
const limit = 1;
class Service { start() { this.configure(); } configure() { limit = 2; } }
new Service().start();
