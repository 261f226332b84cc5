package dev.ss.api.watch;

import dev.ss.api.metrics.JobTypeMetrics;
import dev.ss.api.metrics.QueueMetrics;
import dev.ss.api.submit.QueueLimit;
import dev.ss.job.QueueStats;
import dev.ss.store.JobTypeStates;
import dev.ss.store.QueueStatsQuery;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Counts the queue each time that it runs, for the metrics and for the {@link QueueLimit}, and
 * reads when jobs of each type last succeeded.
 */
public final class QueueWatch implements Runnable {
  private final QueueStatsQuery queue;
  private final QueueMetrics metrics;
  private final QueueLimit limit;
  private final JobTypeStates states;
  private final JobTypeMetrics types;
  private final Consumer<QueueStats> andThen;
  private final LongSupplier nanoTime;

  /**
   * @param andThen is told each count
   */
  public QueueWatch(
      QueueStatsQuery queue,
      QueueMetrics metrics,
      QueueLimit limit,
      JobTypeStates states,
      JobTypeMetrics types,
      Consumer<QueueStats> andThen,
      LongSupplier nanoTime) {
    this.queue = queue;
    this.metrics = metrics;
    this.limit = limit;
    this.states = states;
    this.types = types;
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
      types.read(states.lastSuccesses());
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
