package dev.ss.worker.maintain;

import dev.ss.boot.PeriodicTask;
import dev.ss.config.RetentionSection;
import dev.ss.metrics.MaintenanceMetrics;
import dev.ss.store.Retention;
import dev.ss.store.Workers;
import io.dropwizard.lifecycle.Managed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Clears away what is past its retention: final jobs, and workers that will not come back. Every
 * worker does it; what one is deleting, the others pass by.
 */
public final class Maintenance implements Managed {
  private static final int MOST_AT_ONCE = 500;

  /** A transaction that takes longer makes the next ones smaller: on SQLite all others wait. */
  private static final Duration BATCH_LIMIT = Duration.ofMillis(100);

  private static final Duration LEAST_PAUSE = Duration.ofMillis(20);

  /** Longer than any lease. */
  private static final Duration FORGET_WORKERS_AFTER = Duration.ofHours(1);

  private final Optional<Duration> keepFinalJobs;
  private final Retention retention;
  private final Workers workers;
  private final MaintenanceMetrics metrics;
  private final Clock clock;
  private final PeriodicTask task;
  private final CountDownLatch stopped = new CountDownLatch(1);

  /** Clears away, once it is started, what this section does not want kept. */
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

  /** Whether it is to stop, after a pause as long as the work was: others want their turn. */
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
