package dev.ss.bridge.internal.export;

import com.codahale.metrics.Counting;
import com.codahale.metrics.Metric;
import com.codahale.metrics.Sampling;
import com.codahale.metrics.Snapshot;
import com.codahale.metrics.Timer;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;

/** The count and quantiles of a timer or histogram without buckets, at one moment. */
record SampledReading(long count, Quantiles quantiles) {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double[] QUANTILES = {.5, .75, .95, .99};

  static SampledReading of(Timer timer) {
    return of(timer, NANOS_PER_SECOND);
  }

  /** Reads a metric, and converts its quantiles to the exported unit. */
  static <M extends Metric & Counting & Sampling> SampledReading of(
      M metric, double recordedPerExported) {
    Snapshot snapshot = metric.getSnapshot();
    Quantiles.Builder quantiles = Quantiles.builder();
    for (double quantile : QUANTILES) {
      quantiles.quantile(new Quantile(quantile, value(snapshot, quantile) / recordedPerExported));
    }
    return new SampledReading(metric.getCount(), quantiles.build());
  }

  /** OpenMetrics: NaN without values, and never negative, because negative values count as zero. */
  private static double value(Snapshot snapshot, double quantile) {
    return snapshot.size() == 0 ? Double.NaN : Math.max(snapshot.getValue(quantile), 0);
  }
}
