package dev.ss.job;

import java.util.Locale;

/** How a worker is, as the others see it. */
public enum WorkerState {
  /** It takes jobs. */
  LIVE,
  /** It has not been heard of for longer than a lease. */
  STALE,
  /** It finishes its jobs and takes no more. */
  DRAINING;

  /** The name in JSON and labels: lower case. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
