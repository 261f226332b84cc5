package dev.ss.api.watch;

import dev.ss.api.metrics.OverdueMetrics;
import dev.ss.store.OverdueJobsQuery;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Counts, each time that it runs, the unfinished jobs that have already missed an objective. */
public final class OverdueWatch implements Runnable {
  private final OverdueJobsQuery jobs;
  private final OverdueMetrics metrics;
  private final LongSupplier nanoTime;

  public OverdueWatch(OverdueJobsQuery jobs, OverdueMetrics metrics, LongSupplier nanoTime) {
    this.jobs = jobs;
    this.metrics = metrics;
    this.nanoTime = nanoTime;
  }

  @Override
  public void run() {
    long begin = nanoTime.getAsLong();
    try {
      metrics.counted(jobs.overdue(), since(begin));
    } catch (RuntimeException e) {
      metrics.failed(since(begin));
      throw e;
    }
  }

  private Duration since(long begin) {
    return Duration.ofNanos(nanoTime.getAsLong() - begin);
  }
}
