package dev.ss.job;

/** A step in a job's life, counted once by the process that made it happen, after the commit. */
public enum JobEvent {
  /** A submission stored a new job. */
  CREATED,
  /** A submission repeated an earlier one under its idempotency key, and stored nothing. */
  DEDUPLICATED,
  /** A worker began an attempt. */
  STARTED,
  /** The job ended well. */
  SUCCEEDED,
  /** The job ended badly, with no attempt left. */
  FAILED,
  /** The job was queued again: after a failed attempt, or by its client. */
  RETRIED,
  /** The job was cancelled. */
  CANCELLED,
  /** The attempt of a lost worker was found and the job queued again, or failed. */
  RECOVERED
}
