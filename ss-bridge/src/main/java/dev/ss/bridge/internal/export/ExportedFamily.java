package dev.ss.bridge.internal.export;

import com.codahale.metrics.Clock;
import com.codahale.metrics.Counting;
import com.codahale.metrics.Metric;
import dev.ss.bridge.internal.exposition.EncodedFamily;
import dev.ss.bridge.internal.exposition.EncodedSeries;
import dev.ss.bridge.internal.exposition.FamilyType;
import dev.ss.bridge.internal.exposition.ScrapeWriter;
import dev.ss.bridge.internal.histogram.BucketHistogram;
import dev.ss.bridge.internal.rate.CountMeter;
import dev.ss.bridge.internal.rate.HistogramMeter;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/**
 * A family as scrapes show it, with its series in the order of their labels. Thread-safe.
 *
 * <p>A series is a {@link BucketHistogram}, a {@link Counting} metric whose count can be read at
 * any time, or a {@link ReadMetric}.
 */
public final class ExportedFamily {
  private static final Clock CLOCK = Clock.defaultClock();

  /** The creation time of a series that had counted before it was registered. */
  private static final long UNKNOWN = 0;

  private final FamilyDefinition definition;
  private final Origin origin;
  private final Set<String> labelNames;
  private final boolean emptyHistograms;
  private final EncodedFamily encoded;
  private final List<String> sampleNames;
  private final ConcurrentSkipListMap<Labels, Series> series = new ConcurrentSkipListMap<>();

  /** Who creates the series of a family. */
  enum Origin {
    /** The application has declared the family. */
    DECLARED,
    /** Others have registered the metrics, and a rule has given them this name. */
    FOREIGN
  }

  private record Series(Metric metric, EncodedSeries encoded) {}

  ExportedFamily(
      FamilyDefinition definition, Origin origin, Set<String> labelNames, boolean emptyHistograms) {
    this.definition = definition;
    this.origin = origin;
    this.labelNames = Set.copyOf(labelNames);
    this.emptyHistograms = emptyHistograms;
    this.encoded = definition.encoded();
    this.sampleNames = SampleNames.of(definition);
  }

  /**
   * Refuses series that do not belong to this family.
   *
   * @throws IllegalArgumentException if the type, the origin or the names of the labels differ
   */
  void requireFitting(FamilyDefinition other, Origin otherOrigin, Set<String> otherLabels) {
    if (definition.type() != other.type()) {
      throw new IllegalArgumentException(
          "%s is already a %s".formatted(definition.name(), definition.type()));
    }
    if (origin != otherOrigin) {
      throw new IllegalArgumentException(
          origin == Origin.DECLARED
              ? "%s is a family that the application has declared".formatted(definition.name())
              : "%s has series of others already".formatted(definition.name()));
    }
    if (!labelNames.equals(otherLabels)) {
      throw new IllegalArgumentException(
          "%s has the labels %s, and not %s"
              .formatted(definition.name(), new TreeSet<>(labelNames), new TreeSet<>(otherLabels)));
    }
  }

  FamilyDefinition definition() {
    return definition;
  }

  /** The names of the family and its samples in a scrape. */
  List<String> sampleNames() {
    return sampleNames;
  }

  /**
   * Adds a series.
   *
   * @throws IllegalArgumentException if there is one with these labels
   */
  public void add(Labels labels, Metric metric) {
    long created = hasCountedNothing(metric) ? CLOCK.getTime() : UNKNOWN;
    Series added = new Series(metric, new EncodedSeries(labels, created));
    if (series.putIfAbsent(labels, added) != null) {
      throw new IllegalArgumentException(
          "%s%s exists already".formatted(definition.name(), labels));
    }
  }

  /** Whether the series is known to start from 0 now. */
  private static boolean hasCountedNothing(Metric metric) {
    boolean isOurs =
        metric instanceof BucketHistogram
            || metric instanceof CountMeter
            || metric instanceof HistogramMeter;
    return isOurs && ((Counting) metric).getCount() == 0;
  }

  /** Removes the series with these labels, if there is one. */
  public void remove(Labels labels) {
    series.remove(labels);
  }

  boolean isEmpty() {
    return series.isEmpty();
  }

  /** The series whose values come from code we do not trust. */
  Stream<ReadMetric> toRead() {
    if (definition.type() == FamilyType.HISTOGRAM) {
      return Stream.empty(); // none: a scrape need not look
    }
    return series.values().stream()
        .map(Series::metric)
        .filter(ReadMetric.class::isInstance)
        .map(ReadMetric.class::cast);
  }

  /**
   * Returns the family with its values.
   *
   * @param readings the values of the series of {@link #toRead}
   */
  ScrapedFamily with(Readings readings) {
    return new WithReadings(readings);
  }

  private final class WithReadings implements ScrapedFamily {
    private final Readings readings;

    WithReadings(Readings readings) {
      this.readings = readings;
    }

    @Override
    public String modelName() {
      return definition.modelName();
    }

    @Override
    public void write(ScrapeWriter writer) {
      writer.family(encoded);
      for (Series each : series.values()) {
        if (readings.has(definition, each.metric())) {
          write(each.metric(), each.encoded(), writer);
        }
      }
    }

    private void write(Metric metric, EncodedSeries each, ScrapeWriter writer) {
      switch (definition.type()) {
        case COUNTER, GAUGE -> writer.sample(each, readings.number(metric));
        case HISTOGRAM -> {
          BucketHistogram histogram = (BucketHistogram) metric;
          if (emptyHistograms || !histogram.isEmpty()) {
            writer.histogram(each, histogram);
          }
        }
        case SUMMARY -> {
          SampledReading reading = readings.sampled(metric);
          writer.summary(each, reading.count(), reading.quantiles());
        }
      }
    }
  }
}
