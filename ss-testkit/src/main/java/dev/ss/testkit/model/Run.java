package dev.ss.testkit.model;

import java.util.OptionalDouble;

/**
 * One command that really ran.
 *
 * @param worker the name of the worker that started it
 * @param process the id of that worker's process
 * @param end when it came to its end by itself
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

  /** Until when it certainly ran. */
  double until() {
    return Math.max(start, end.orElse(seen));
  }
}
