package dev.ss.job;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A type of job that the operator has configured.
 *
 * @param name the name under which clients submit jobs: lower case letters, digits and hyphens
 * @param command the program and its arguments; the job's input goes to its standard input
 * @param timeout the time limit of one attempt
 * @param maxAttempts the number of attempts of a job, unless its submission specifies another
 * @param maxRunning how many attempts may run at once, over all workers; empty for no limit
 * @param limits what one attempt may use
 * @param objectives what the operator promises of its jobs
 */
public record JobType(
    String name,
    List<String> command,
    Duration timeout,
    int maxAttempts,
    Optional<Integer> maxRunning,
    Limits limits,
    Objectives objectives) {

  /** The highest {@code maxAttempts} that a type or a submission may have. */
  public static final int MAX_ATTEMPTS = 100;

  public JobType {
    command = List.copyOf(command);
  }

  /**
   * Returns the time limit of an attempt.
   *
   * @param chosen by the job's client, which can only lower it
   */
  public Duration timeout(Optional<Duration> chosen) {
    return chosen.filter(limit -> limit.compareTo(timeout) < 0).orElse(timeout);
  }

  /** A type without objectives. */
  public JobType(
      String name,
      List<String> command,
      Duration timeout,
      int maxAttempts,
      Optional<Integer> maxRunning,
      Limits limits) {
    this(name, command, timeout, maxAttempts, maxRunning, limits, Objectives.NONE);
  }

  /** A type without objectives whose attempts may use what they like. */
  public JobType(
      String name,
      List<String> command,
      Duration timeout,
      int maxAttempts,
      Optional<Integer> maxRunning) {
    this(name, command, timeout, maxAttempts, maxRunning, Limits.NONE);
  }
}
