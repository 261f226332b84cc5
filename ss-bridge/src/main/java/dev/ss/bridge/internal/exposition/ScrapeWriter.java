package dev.ss.bridge.internal.exposition;

import dev.ss.bridge.internal.histogram.BucketHistogram;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Quantiles;

/** Writes one scrape: each family, its samples, and finally the {@link #end}. */
public interface ScrapeWriter {
  /** Writes a family by means of the Java client. */
  void family(MetricSnapshot snapshot);

  /** Begins a family; a family without samples writes nothing. */
  void family(EncodedFamily begun);

  /** Writes the value of a counter or a gauge. */
  void sample(EncodedSeries series, double value);

  /** Writes the current values of a histogram. */
  void histogram(EncodedSeries series, BucketHistogram histogram);

  /** Writes a summary's count and quantiles. */
  void summary(EncodedSeries series, long count, Quantiles quantiles);

  /** Ends the scrape. */
  void end();
}
