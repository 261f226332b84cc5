package dev.ss.job;

/** Where an unfinished job stands in the queue. */
public enum QueueState {
  /** Queued, but not before its time: a client's wish or a backoff. */
  SCHEDULED,
  /** Queued, and only waiting for a free slot. */
  READY,
  /** On a worker. */
  RUNNING
}
