package dev.ss.bridge.internal.export;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.util.List;
import java.util.stream.Stream;

/** Under which names a family stands in a scrape. No two may share one. */
final class SampleNames {
  private static final String[] COUNTER = {"_total"};
  private static final String[] HISTOGRAM = {"_bucket", "_count", "_sum"};
  private static final String[] SUMMARY = {"_count", "_sum"};
  private static final String[] INFO = {"_info"};

  private SampleNames() {}

  static List<String> of(FamilyDefinition definition) {
    String name = definition.modelName();
    return switch (definition.type()) {
      case COUNTER -> names(name, COUNTER);
      case GAUGE -> names(name);
      case HISTOGRAM -> names(name, HISTOGRAM);
      case SUMMARY -> names(name, SUMMARY);
    };
  }

  static List<String> of(MetricSnapshot snapshot) {
    String name = snapshot.getMetadata().getPrometheusName();
    if (snapshot instanceof CounterSnapshot) {
      return names(name, COUNTER);
    } else if (snapshot instanceof HistogramSnapshot) {
      return names(name, HISTOGRAM);
    } else if (snapshot instanceof SummarySnapshot) {
      return names(name, SUMMARY);
    }
    return snapshot instanceof InfoSnapshot ? names(name, INFO) : names(name);
  }

  private static List<String> names(String modelName, String... endings) {
    return Stream.concat(Stream.of(""), Stream.of(endings)).map(modelName::concat).toList();
  }
}
