package dev.ss.worker.maintain;

import dev.ss.boot.PeriodicTask;
import dev.ss.config.RetentionSection;
import dev.ss.store.Retention;
import dev.ss.store.Workers;
import dev.ss.worker.metrics.MaintenanceMetrics;
import io.dropwizard.lifecycle.Managed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Deletes final jobs that are past their retention, and the rows of workers that have been silent
 * for an hour. Every worker does this; each skips the jobs that another one is deleting.
 */
public final class Maintenance implements Managed {
  private static final int MOST_AT_ONCE = 500;

  /**
   * A transaction longer than this halves the size of the next: on SQLite, other writers wait for
   * it.
   */
  private static final Duration BATCH_LIMIT = Duration.ofMillis(100);

  private static final Duration LEAST_PAUSE = Duration.ofMillis(20);

  /** Longer than any lease that can be configured. */
  private static final Duration FORGET_WORKERS_AFTER = Duration.ofHours(1);

  private final Optional<Duration> keepFinalJobs;
  private final Retention retention;
  private final Workers workers;
  private final MaintenanceMetrics metrics;
  private final Clock clock;
  private final PeriodicTask task;
  private final CountDownLatch stopped = new CountDownLatch(1);

  public Maintenance(
      RetentionSection section,
      Retention retention,
      Workers workers,
      MaintenanceMetrics metrics,
      Clock clock) {
    this.keepFinalJobs = section.ofFinalJobs();
    this.retention = retention;
    this.workers = workers;
    this.metrics = metrics;
    this.clock = clock;
    this.task = new PeriodicTask("maintain", section.interval().toJavaDuration(), this::clear);
  }

  @Override
  public void start() {
    task.start();
  }

  @Override
  public void stop() {
    stopped.countDown();
    task.stop();
  }

  private void clear() {
    long begin = System.nanoTime();
    try {
      workers.removeSilentSince(clock.instant().minus(FORGET_WORKERS_AFTER));
      if (keepFinalJobs.isPresent()) {
        deleteJobs(clock.instant().minus(keepFinalJobs.get()));
      }
      metrics.succeeded(since(begin));
    } catch (RuntimeException e) {
      metrics.failed(since(begin));
      throw e;
    }
  }

  private void deleteJobs(Instant finishedBefore) {
    int most = MOST_AT_ONCE;
    boolean more = true;
    while (more) {
      long begin = System.nanoTime();
      int deleted = retention.deleteFinal(finishedBefore, most);
      metrics.deleted(deleted);
      Duration took = since(begin);
      more = deleted == most && !stoppedAfter(took);
      most = took.compareTo(BATCH_LIMIT) > 0 ? Math.max(1, most / 2) : MOST_AT_ONCE;
    }
  }

  /**
   * Pauses for as long as the transaction took, so that others can write. Returns whether to stop.
   */
  private boolean stoppedAfter(Duration took) {
    Duration pause = took.compareTo(LEAST_PAUSE) < 0 ? LEAST_PAUSE : took;
    try {
      return stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }
}
