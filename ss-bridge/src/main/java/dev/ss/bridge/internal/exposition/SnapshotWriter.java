package dev.ss.bridge.internal.exposition;

import dev.ss.bridge.internal.histogram.BucketHistogram;
import dev.ss.bridge.internal.histogram.ClassicCounts;
import dev.ss.bridge.internal.histogram.NativeBuckets;
import dev.ss.bridge.internal.histogram.NativeCounts;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.util.ArrayList;
import java.util.List;

/** Converts a scrape to the Java client's model. */
public final class SnapshotWriter implements ScrapeWriter {
  private final List<MetricSnapshot> snapshots = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // a family begins before its samples
  private EncodedFamily family;

  // The samples of the current family. Only one of these four lists has any.
  private List<CounterDataPointSnapshot> counters = new ArrayList<>();
  private List<GaugeDataPointSnapshot> gauges = new ArrayList<>();
  private List<HistogramDataPointSnapshot> histograms = new ArrayList<>();
  private List<SummaryDataPointSnapshot> summaries = new ArrayList<>();

  private final ClassicCounts classic = new ClassicCounts();
  private final NativeCounts natives = new NativeCounts();

  @Override
  public void family(MetricSnapshot snapshot) {
    endFamily();
    snapshots.add(snapshot);
  }

  @Override
  public void family(EncodedFamily begun) {
    endFamily();
    family = begun;
  }

  @Override
  public void end() {
    endFamily();
  }

  private void endFamily() {
    if (!counters.isEmpty()) {
      snapshots.add(new CounterSnapshot(family.metadata(), counters));
      counters = new ArrayList<>();
    } else if (!gauges.isEmpty()) {
      snapshots.add(new GaugeSnapshot(family.metadata(), gauges));
      gauges = new ArrayList<>();
    } else if (!histograms.isEmpty()) {
      snapshots.add(new HistogramSnapshot(family.metadata(), histograms));
      histograms = new ArrayList<>();
    } else if (!summaries.isEmpty()) {
      snapshots.add(new SummarySnapshot(family.metadata(), summaries));
      summaries = new ArrayList<>();
    }
  }

  @Override
  public void sample(EncodedSeries series, double value) {
    if (family.type() == FamilyType.COUNTER) {
      counters.add(
          new CounterDataPointSnapshot(value, series.labels(), null, series.createdMillis()));
    } else {
      gauges.add(new GaugeDataPointSnapshot(value, series.labels(), null));
    }
  }

  @Override
  public void histogram(EncodedSeries series, BucketHistogram histogram) {
    histogram.readInto(classic, natives);
    histograms.add(
        HistogramDataPointSnapshot.builder()
            .labels(series.labels())
            .classicHistogramBuckets(classicBuckets())
            .nativeSchema(NativeBuckets.SCHEMA)
            .nativeZeroCount(natives.zeros())
            .nativeZeroThreshold(NativeBuckets.ZERO_THRESHOLD)
            .nativeBucketsForPositiveValues(nativeBuckets())
            .sum(classic.sum())
            .exemplars(histogram.exemplars())
            .createdTimestampMillis(series.createdMillis())
            .build());
  }

  private ClassicHistogramBuckets classicBuckets() {
    long[] counts = new long[classic.size()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = classic.count(i);
    }
    return ClassicHistogramBuckets.of(classic.buckets().upperBounds(), counts);
  }

  private NativeHistogramBuckets nativeBuckets() {
    NativeHistogramBuckets.Builder buckets = NativeHistogramBuckets.builder();
    for (int index = natives.first(); index < natives.end(); index = natives.next(index + 1)) {
      buckets.bucket(index, natives.count(index));
    }
    return buckets.build();
  }

  @Override
  public void summary(EncodedSeries series, long count, Quantiles quantiles) {
    summaries.add(
        SummaryDataPointSnapshot.builder()
            .count(count)
            .quantiles(quantiles)
            .labels(series.labels())
            .build());
  }

  /** Returns the scrape; to be called after {@link #end}. */
  public MetricSnapshots snapshots() {
    return new MetricSnapshots(snapshots);
  }
}
