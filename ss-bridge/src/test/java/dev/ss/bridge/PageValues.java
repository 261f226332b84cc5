package dev.ss.bridge;

import dev.ss.bridge.strict.Family;
import dev.ss.bridge.strict.Sample;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics.Bucket;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics.Histogram;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics.LabelPair;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics.Metric;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics.MetricFamily;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics.Quantile;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics.Summary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The help of each family and the value of each series on a page, independent of the format. It
 * leaves out the bridge's own metrics, because they change with each scrape.
 */
final class PageValues {
  private static final String OWN = "metrics_bridge_";

  private final List<String> helps = new ArrayList<>();
  private final Map<String, Double> values = new LinkedHashMap<>();

  private PageValues() {}

  /** Reads a text page, without the {@code _created} samples that only OpenMetrics has. */
  static PageValues of(List<Family> families) {
    PageValues page = new PageValues();
    for (Family family : families) {
      if (page.begin(family.name(), family.help())) {
        family.samples().stream()
            .filter(sample -> !isCreation(family, sample))
            .forEach(sample -> page.put(sample.name(), sample.labels(), sample.value()));
      }
    }
    return page;
  }

  private static boolean isCreation(Family family, Sample sample) {
    return sample.name().equals(family.name() + "_created");
  }

  static PageValues ofProtobuf(byte[] bytes) {
    PageValues page = new PageValues();
    for (MetricFamily family : families(bytes)) {
      if (page.begin(family.getName(), family.getHelp())) {
        family.getMetricList().forEach(metric -> page.put(family.getName(), metric));
      }
    }
    return page;
  }

  static List<MetricFamily> families(byte[] bytes) {
    ByteArrayInputStream input = new ByteArrayInputStream(bytes);
    List<MetricFamily> families = new ArrayList<>();
    try {
      for (MetricFamily family = MetricFamily.parseDelimitedFrom(input);
          family != null;
          family = MetricFamily.parseDelimitedFrom(input)) {
        families.add(family);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return families;
  }

  List<String> helps() {
    return helps;
  }

  Map<String, Double> values() {
    return values;
  }

  private boolean begin(String family, String help) {
    boolean isOthers = !family.startsWith(OWN);
    if (isOthers) {
      helps.add(help);
    }
    return isOthers;
  }

  private void put(String name, Metric metric) {
    Map<String, String> labels = new TreeMap<>();
    for (LabelPair label : metric.getLabelList()) {
      labels.put(label.getName(), label.getValue());
    }
    if (metric.hasCounter()) {
      put(name, labels, metric.getCounter().getValue());
    } else if (metric.hasGauge()) {
      put(name, labels, metric.getGauge().getValue());
    } else if (metric.hasSummary()) {
      put(name, labels, metric.getSummary());
    } else {
      put(name, labels, metric.getHistogram());
    }
  }

  private void put(String name, Map<String, String> labels, Summary summary) {
    for (Quantile quantile : summary.getQuantileList()) {
      put(name, with(labels, "quantile", quantile.getQuantile()), quantile.getValue());
    }
    put(name + "_count", labels, (double) summary.getSampleCount());
    if (summary.hasSampleSum()) {
      put(name + "_sum", labels, summary.getSampleSum());
    }
  }

  private void put(String name, Map<String, String> labels, Histogram histogram) {
    for (Bucket bucket : histogram.getBucketList()) {
      put(
          name + "_bucket",
          with(labels, "le", bucket.getUpperBound()),
          (double) bucket.getCumulativeCount());
    }
    put(name + "_count", labels, (double) histogram.getSampleCount());
    put(name + "_sum", labels, histogram.getSampleSum());
  }

  private static Map<String, String> with(Map<String, String> labels, String name, double value) {
    Map<String, String> more = new TreeMap<>(labels);
    more.put(name, Double.isInfinite(value) ? "+Inf" : Double.toString(value));
    return more;
  }

  private void put(String name, Map<String, String> labels, double value) {
    values.put(name + new TreeMap<>(labels), value);
  }
}
