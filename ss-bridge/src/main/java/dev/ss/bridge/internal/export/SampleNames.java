package dev.ss.bridge.internal.export;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.util.List;
import java.util.stream.Stream;

/**
 * The names that a family and its samples have in a scrape, in any format. No two families may
 * share one.
 */
final class SampleNames {
  /**
   * Marks a name that a sample uses, and that a family may still use if its samples have other
   * names.
   */
  private static final String SAMPLE = " (sample)";

  /**
   * Only OpenMetrics has such samples, and it distinguishes {@code jobs_created_total} from them.
   */
  private static final String CREATED = "_created" + SAMPLE;

  private static final String[] VALUE = {SAMPLE};
  private static final String[] COUNTER = {"_total", CREATED};
  private static final String[] HISTOGRAM = {"_bucket", "_count", "_sum", CREATED};
  private static final String[] GAUGE_HISTOGRAM = {"_bucket", "_gcount", "_gsum"};
  private static final String[] SUMMARY = {SAMPLE, "_count", "_sum", CREATED};
  private static final String[] INFO = {"_info"};

  private SampleNames() {}

  static List<String> of(FamilyDefinition definition) {
    String name = definition.modelName();
    return switch (definition.type()) {
      case COUNTER -> names(name, COUNTER);
      case GAUGE -> names(name, VALUE);
      case HISTOGRAM -> names(name, HISTOGRAM);
      case SUMMARY -> names(name, SUMMARY);
    };
  }

  static List<String> of(MetricSnapshot snapshot) {
    String name = snapshot.getMetadata().getPrometheusName();
    if (snapshot instanceof CounterSnapshot) {
      return names(name, COUNTER);
    } else if (snapshot instanceof HistogramSnapshot histogram) {
      return names(name, histogram.isGaugeHistogram() ? GAUGE_HISTOGRAM : HISTOGRAM);
    } else if (snapshot instanceof SummarySnapshot) {
      return names(name, SUMMARY);
    }
    return snapshot instanceof InfoSnapshot ? names(name, INFO) : names(name, VALUE);
  }

  private static List<String> names(String modelName, String... endings) {
    return Stream.concat(Stream.of(""), Stream.of(endings)).map(modelName::concat).toList();
  }
}
