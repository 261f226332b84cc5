package dev.ss.job;

import java.util.Optional;

/**
 * What one attempt of a job type may use. Each limit is empty if there is none.
 *
 * @param memory the bytes of memory
 * @param processes the number of processes and threads
 * @param cpu the number of processors whose time it may use
 * @param files the maximum size of each file that it writes, in bytes
 * @param descriptors how many files each process may have open
 */
public record Limits(
    Optional<Long> memory,
    Optional<Long> processes,
    Optional<Double> cpu,
    Optional<Long> files,
    Optional<Long> descriptors) {

  /** No limits at all. */
  public static final Limits NONE =
      new Limits(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
