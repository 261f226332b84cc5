package dev.ss.job;

/** An event in a job's life. The process that caused the event counts it once, after the commit. */
public enum JobEvent {
  /** A submission stored a new job. */
  CREATED,
  /** A submission repeated an earlier one under its idempotency key, and no job was stored. */
  DEDUPLICATED,
  /** A worker began an attempt. */
  STARTED,
  /** The job succeeded. */
  SUCCEEDED,
  /** The job failed and has no attempt left. */
  FAILED,
  /** The job was queued again, after a failed attempt or by its client. */
  RETRIED,
  /** The job was cancelled. */
  CANCELLED,
  /**
   * A worker ended the attempt of a lost worker, so that its job was queued again or became final.
   */
  RECOVERED
}
