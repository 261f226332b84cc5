package dev.ss.drill.hostile;

/**
 * What a crowd does.
 *
 * @param name the name on the command line and in the documents
 * @param what what the crowd does, in words
 * @param start begins it; closing the result ends it
 */
record Attack(String name, String what, Start start) {
  /** Begins an attack. */
  @FunctionalInterface
  interface Start {
    AutoCloseable on(Target target);
  }
}
