package dev.ss.job;

import java.time.Instant;

/**
 * The last attempt of a job that has had one.
 *
 * @param startedAt when it started
 */
public record LastAttempt(Result result, Instant startedAt) {

  /** What became of a job's last attempt. */
  public enum Result {
    /** It succeeded, and so did the job. */
    SUCCEEDED,
    /** The job failed for good. */
    FAILED,
    /** It failed, and the job waits for its next attempt or has begun it. */
    TO_BE_REPEATED,
    /**
     * It says nothing about the command: it runs for the first time, or was lost or interrupted.
     */
    OPEN
  }

  /** Whether the attempt failed, for good or to be repeated. */
  boolean isFailure() {
    return result == Result.FAILED || result == Result.TO_BE_REPEATED;
  }

  /** Returns whether it says how the command does. */
  boolean isKnown() {
    return result != Result.OPEN;
  }
}
