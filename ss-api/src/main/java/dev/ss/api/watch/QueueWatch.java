package dev.ss.api.watch;

import dev.ss.api.submit.QueueLimit;
import dev.ss.boot.Ticker;
import dev.ss.job.QueueNumbers;
import dev.ss.metrics.QueueMetrics;
import dev.ss.store.Queue;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;

/** Counts the queue at intervals, for the metrics and for its limit. */
public final class QueueWatch implements Managed {
  private final Queue queue;
  private final QueueMetrics metrics;
  private final QueueLimit limit;
  private final Ticker ticker;

  /** Counts this queue, once it is started. */
  public QueueWatch(Queue queue, QueueMetrics metrics, QueueLimit limit, Duration interval) {
    this.queue = queue;
    this.metrics = metrics;
    this.limit = limit;
    this.ticker = new Ticker("queue-watch", interval, this::count);
  }

  @Override
  public void start() {
    ticker.startNow();
  }

  @Override
  public void stop() {
    ticker.stop();
  }

  private void count() {
    long begin = System.nanoTime();
    long storedBefore = limit.stored();
    try {
      QueueNumbers numbers = queue.numbers();
      Duration took = since(begin);
      metrics.counted(numbers, took);
      limit.counted(numbers.queued(), storedBefore, took);
    } catch (RuntimeException e) {
      metrics.failed(since(begin));
      throw e;
    }
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }
}
