package dev.ss.job;

/**
 * How one attempt ended. What becomes of the job is another question: a failed run may be followed
 * by the next attempt.
 */
public enum RunOutcome {
  /** The command ended with exit code 0. */
  SUCCEEDED,
  /** The command ended with another exit code, or could not be run at all. */
  FAILED,
  /** The command exceeded its timeout and was killed. */
  TIMED_OUT,
  /** The client cancelled the job and the command was killed. */
  CANCELLED,
  /** The worker was stopped, the command was killed and the job queued again at no cost. */
  INTERRUPTED,
  /** The worker died or lost its lease; counted by the worker that found it out. */
  LOST
}
