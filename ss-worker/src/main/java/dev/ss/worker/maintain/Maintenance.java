package dev.ss.worker.maintain;

import dev.ss.store.Retention;
import dev.ss.store.Uploads;
import dev.ss.store.Workers;
import dev.ss.worker.metrics.MaintenanceMetrics;
import io.dropwizard.lifecycle.Managed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;

/**
 * Deletes final jobs that are past their retention, and the rows of workers that have been silent
 * for an hour. Every worker does this; each skips the jobs that another one is deleting.
 */
public final class Maintenance implements Runnable, Managed {
  private static final int MAX_BATCH = 500;

  /**
   * A transaction longer than this halves the size of the next: on SQLite, other writers wait for
   * it.
   */
  private static final Duration BATCH_LIMIT = Duration.ofMillis(100);

  private static final Duration MIN_PAUSE = Duration.ofMillis(20);

  /** Longer than any lease that can be configured. */
  private static final Duration FORGET_WORKERS_AFTER = Duration.ofHours(1);

  /** How long a client may take to send an input; longer than the API lets it. */
  private static final Duration MAX_UPLOAD = Duration.ofDays(1);

  private static final int MAX_UPLOADS_AT_ONCE = 8;

  private final Optional<Duration> keepFinalJobs;
  private final int maxBatch;
  private final Retention retention;
  private final Uploads uploads;
  private final Workers workers;
  private final MaintenanceMetrics metrics;
  private final Clock clock;
  private final CountDownLatch stopped = new CountDownLatch(1);

  /**
   * @param keepFinalJobs how long final jobs are kept; empty if for ever
   */
  public Maintenance(
      Optional<Duration> keepFinalJobs,
      Retention retention,
      Uploads uploads,
      Workers workers,
      MaintenanceMetrics metrics,
      Clock clock) {
    this(keepFinalJobs, MAX_BATCH, retention, uploads, workers, metrics, clock);
  }

  /**
   * @param maxBatch how many jobs one transaction may delete
   */
  Maintenance(
      Optional<Duration> keepFinalJobs,
      int maxBatch,
      Retention retention,
      Uploads uploads,
      Workers workers,
      MaintenanceMetrics metrics,
      Clock clock) {
    this.keepFinalJobs = keepFinalJobs;
    this.maxBatch = maxBatch;
    this.retention = retention;
    this.uploads = uploads;
    this.workers = workers;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Ends a run after its current transaction. */
  @Override
  public void stop() {
    stopped.countDown();
  }

  @Override
  public void run() {
    long begin = System.nanoTime();
    try {
      workers.removeSilentSince(clock.instant().minus(FORGET_WORKERS_AFTER));
      if (keepFinalJobs.isPresent()) {
        deleteJobs(clock.instant().minus(keepFinalJobs.get()));
      }
      Instant abandoned = clock.instant().minus(MAX_UPLOAD);
      inBatches(MAX_UPLOADS_AT_ONCE, batch -> uploads.deleteAbandoned(abandoned, batch));
      metrics.succeeded(since(begin));
    } catch (RuntimeException e) {
      metrics.failed(since(begin));
      throw e;
    }
  }

  private void deleteJobs(Instant finishedBefore) {
    inBatches(
        maxBatch,
        batch -> {
          int deleted = retention.deleteFinal(finishedBefore, batch);
          metrics.deleted(deleted);
          return deleted;
        });
  }

  /**
   * Repeats transactions until one finds less to delete than it may.
   *
   * @param delete deletes at most so many and returns how many it has deleted
   */
  private void inBatches(int max, IntUnaryOperator delete) {
    int batch = max;
    boolean more = true;
    while (more) {
      long begin = System.nanoTime();
      int deleted = delete.applyAsInt(batch);
      Duration took = since(begin);
      more = deleted == batch && !stoppedAfter(took);
      batch = took.compareTo(BATCH_LIMIT) > 0 ? Math.max(1, batch / 2) : max;
    }
  }

  /**
   * Pauses for as long as the transaction took, so that others can write. Returns whether to stop.
   */
  private boolean stoppedAfter(Duration took) {
    Duration pause = took.compareTo(MIN_PAUSE) < 0 ? MIN_PAUSE : took;
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
