package dev.ss.api.watch;

import dev.ss.boot.Ticker;
import dev.ss.job.QueueNumbers;
import dev.ss.metrics.QueueMetrics;
import dev.ss.store.Queue;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;

/** Counts the queue at intervals, for the metrics. */
public final class QueueWatch implements Managed {
  private final Queue queue;
  private final QueueMetrics metrics;
  private final Ticker ticker;

  /** Counts this queue, once it is started. */
  public QueueWatch(Queue queue, QueueMetrics metrics, Duration interval) {
    this.queue = queue;
    this.metrics = metrics;
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
    try {
      QueueNumbers numbers = queue.numbers();
      metrics.counted(numbers, since(begin));
    } catch (RuntimeException e) {
      metrics.failed(since(begin));
      throw e;
    }
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }
}
