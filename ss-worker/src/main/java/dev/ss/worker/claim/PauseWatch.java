package dev.ss.worker.claim;

import dev.ss.store.JobQueue;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Reads which job types are paused, before the first claim and then at an interval. Only the claim
 * loop's thread uses it.
 */
final class PauseWatch {
  private final JobQueue queue;
  private final Duration interval;
  private final LongSupplier nanoTime;
  private boolean known;
  private long readNanos;

  PauseWatch(JobQueue queue, Duration interval, LongSupplier nanoTime) {
    this.queue = queue;
    this.interval = interval;
    this.nanoTime = nanoTime;
  }

  void readIfDue() {
    long now = nanoTime.getAsLong();
    if (!known || now - readNanos >= interval.toNanos()) {
      queue.readPauses();
      known = true;
      readNanos = now;
    }
  }
}
