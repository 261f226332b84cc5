package dev.ss.job;

import java.util.Locale;

/**
 * How one attempt ended. {@link NextStep} says what happens to the job: after a failed attempt, for
 * example, there may be another one.
 */
public enum RunOutcome {
  /** The command ended with exit code 0. */
  SUCCEEDED,
  /** The command ended with another exit code, or could not be run at all. */
  FAILED,
  /** The command exceeded its timeout and was killed. */
  TIMED_OUT,
  /**
   * The kernel killed a process of the command because the attempt had used up its memory limit,
   * and the command failed. Without a cgroup this cannot be told from {@link #FAILED}.
   */
  OUT_OF_MEMORY,
  /** The client cancelled the job and the command was killed. */
  CANCELLED,
  /**
   * The worker was stopped and killed the command. The attempt does not count, and the job is
   * queued again.
   */
  INTERRUPTED,
  /** The worker died or lost its lease. The worker that recovers the job counts this. */
  LOST;

  /** The name in the database, in JSON and in metrics. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
