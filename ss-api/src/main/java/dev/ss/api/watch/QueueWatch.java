package dev.ss.api.watch;

import dev.ss.api.metrics.QueueMetrics;
import dev.ss.api.submit.QueueLimit;
import dev.ss.job.QueueStats;
import dev.ss.store.QueueStatsQuery;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Counts the queue each time that it runs, for the metrics and for the {@link QueueLimit}. */
public final class QueueWatch implements Runnable {
  private final QueueStatsQuery queue;
  private final QueueMetrics metrics;
  private final QueueLimit limit;
  private final Consumer<QueueStats> andThen;
  private final LongSupplier nanoTime;

  /**
   * @param andThen is told each count
   */
  public QueueWatch(
      QueueStatsQuery queue,
      QueueMetrics metrics,
      QueueLimit limit,
      Consumer<QueueStats> andThen,
      LongSupplier nanoTime) {
    this.queue = queue;
    this.metrics = metrics;
    this.limit = limit;
    this.andThen = andThen;
    this.nanoTime = nanoTime;
  }

  @Override
  public void run() {
    andThen.accept(count());
  }

  private QueueStats count() {
    long begin = nanoTime.getAsLong();
    long storedBefore = limit.stored();
    try {
      QueueStats stats = queue.stats();
      Duration took = since(begin);
      metrics.counted(stats, took);
      limit.counted(stats.queued(), storedBefore, took);
      return stats;
    } catch (RuntimeException e) {
      metrics.failed(since(begin));
      throw e;
    }
  }

  private Duration since(long begin) {
    return Duration.ofNanos(nanoTime.getAsLong() - begin);
  }
}
