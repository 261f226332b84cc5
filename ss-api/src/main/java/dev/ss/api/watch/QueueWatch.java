package dev.ss.api.watch;

import dev.ss.api.metrics.QueueMetrics;
import dev.ss.api.submit.QueueLimit;
import dev.ss.boot.PeriodicTask;
import dev.ss.job.QueueStats;
import dev.ss.store.QueueStatsQuery;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;

/** Counts the queue periodically, for the metrics and for the {@link QueueLimit}. */
public final class QueueWatch implements Managed {
  private final QueueStatsQuery queue;
  private final QueueMetrics metrics;
  private final QueueLimit limit;
  private final PeriodicTask task;

  public QueueWatch(
      QueueStatsQuery queue, QueueMetrics metrics, QueueLimit limit, Duration interval) {
    this.queue = queue;
    this.metrics = metrics;
    this.limit = limit;
    this.task = new PeriodicTask("queue-watch", interval, this::count);
  }

  @Override
  public void start() {
    task.startNow();
  }

  @Override
  public void stop() {
    task.stop();
  }

  private void count() {
    long begin = System.nanoTime();
    long storedBefore = limit.stored();
    try {
      QueueStats stats = queue.stats();
      Duration took = since(begin);
      metrics.counted(stats, took);
      limit.counted(stats.queued(), storedBefore, took);
    } catch (RuntimeException e) {
      metrics.failed(since(begin));
      throw e;
    }
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }
}
