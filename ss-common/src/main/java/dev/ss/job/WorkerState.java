package dev.ss.job;

import java.util.Locale;

/** The state of a worker, as other processes see it. */
public enum WorkerState {
  /** The worker takes jobs. */
  LIVE,
  /** The worker has sent no heartbeat for longer than a lease. */
  STALE,
  /** The worker finishes its jobs and takes no more. */
  DRAINING;

  /** The name in JSON and in labels, in lower case. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
