package dev.ss.bridge.internal.exposition;

import dev.ss.bridge.internal.histogram.BucketHistogram;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Quantiles;

/** Writes one scrape: each family, its samples, and at last the {@link #end}. */
public interface ScrapeWriter {
  /** A family that the Java client writes. */
  void family(MetricSnapshot snapshot);

  /** Begins a family; one without samples leaves no trace. */
  void family(EncodedFamily begun);

  /** The value of a counter or a gauge. */
  void sample(EncodedSeries series, double value);

  /** What a histogram holds now. */
  void histogram(EncodedSeries series, BucketHistogram histogram);

  /** A count and quantiles. */
  void summary(EncodedSeries series, long count, Quantiles quantiles);

  /** Ends the scrape. */
  void end();
}
