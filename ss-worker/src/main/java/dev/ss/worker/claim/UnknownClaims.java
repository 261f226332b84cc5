package dev.ss.worker.claim;

import dev.ss.store.LostJobs;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives back jobs that this worker holds in the database but does not run, because their claim was
 * committed without an acknowledgement. Only the claim loop's thread uses it.
 */
final class UnknownClaims {
  private static final Logger LOG = LoggerFactory.getLogger(UnknownClaims.class);

  private final String workerId;
  private final LostJobs jobs;
  private final RunningJobs running;
  private final Duration interval;
  private final LongSupplier nanoTime;
  private boolean expected = true;
  private long lookedNanos;

  /**
   * @param interval how often to look when no unknown claim is expected
   */
  UnknownClaims(
      String workerId,
      LostJobs jobs,
      RunningJobs running,
      Duration interval,
      LongSupplier nanoTime) {
    this.workerId = workerId;
    this.jobs = jobs;
    this.running = running;
    this.interval = interval;
    this.nanoTime = nanoTime;
  }

  /** Call this after a transaction that failed, but may have been committed. */
  void expect() {
    expected = true;
  }

  /** Gives back unknown jobs, if some are expected or the interval is over. */
  void giveBackIfDue() {
    long now = nanoTime.getAsLong();
    if (expected || now - lookedNanos >= interval.toNanos()) {
      int givenBack = jobs.giveBackUnknown(workerId, running.holds());
      if (givenBack > 0) {
        LOG.warn(
            "{} jobs were claimed in a transaction that was not acknowledged; they are queued again.",
            givenBack);
      }
      expected = false;
      lookedNanos = now;
    }
  }
}
