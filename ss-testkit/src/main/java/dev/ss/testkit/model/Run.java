package dev.ss.testkit.model;

import java.util.OptionalDouble;

/**
 * One run of a command.
 *
 * @param worker the name of the worker that started it
 * @param process the id of that worker's process
 * @param end when it completed on its own
 * @param seen when it was last seen alive
 */
public record Run(
    String jobId,
    int attempt,
    String worker,
    long process,
    String nonce,
    double start,
    OptionalDouble end,
    double seen) {

  /** The latest time at which it is known to have run. */
  double until() {
    return Math.max(start, end.orElse(seen));
  }
}
