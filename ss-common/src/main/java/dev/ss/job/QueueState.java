package dev.ss.job;

/** The state of an unfinished job in the queue. */
public enum QueueState {
  /**
   * Queued for later: the client asked for a delay, or the job waits for the end of its backoff.
   */
  SCHEDULED,
  /** Queued and due; waits for a free slot. */
  READY,
  /** Running on a worker. */
  RUNNING
}
