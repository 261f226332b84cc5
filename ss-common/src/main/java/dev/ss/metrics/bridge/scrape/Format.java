package dev.ss.metrics.bridge.scrape;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusProtobufWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A format of exposition, and which of them a client gets. */
enum Format {
  /** Prometheus's text format, version 0.0.4: what everybody understands. */
  TEXT("text", "plain", PrometheusTextFormatWriter.create()),
  /** OpenMetrics 1.0: with exemplars. */
  OPEN_METRICS("application", "openmetrics-text", OpenMetricsTextFormatWriter.create()),
  /** Prometheus's protobuf format: the only one with native histograms. */
  PROTOBUF("application", "vnd.google.protobuf", new PrometheusProtobufWriter());

  private final String type;
  private final String subtype;

  @SuppressWarnings("ImmutableEnumChecker") // the writers keep no state
  private final ExpositionFormatWriter writer;

  Format(String type, String subtype, ExpositionFormatWriter writer) {
    this.type = type;
    this.subtype = subtype;
    this.writer = writer;
  }

  /**
   * The format a client prefers; text if it names none that there is, because a scrape in the wrong
   * format is worth more than none.
   *
   * @param accept the header's value, if there is one
   */
  static Format preferredBy(Optional<String> accept) {
    List<AcceptRange> ranges = accept.map(AcceptRange::parse).orElseGet(List::of);
    return ranges.stream()
        .filter(range -> range.quality() > 0)
        .sorted(
            Comparator.comparingDouble(AcceptRange::quality)
                .thenComparing(AcceptRange::isSpecific)
                .reversed())
        .flatMap(range -> range.format().stream())
        .findFirst()
        .orElse(TEXT);
  }

  boolean is(String otherType, String otherSubtype) {
    return type.equals(otherType) && subtype.equals(otherSubtype);
  }

  String contentType() {
    return writer.getContentType();
  }

  void write(OutputStream output, MetricSnapshots snapshots) throws IOException {
    // Every exported name is a legacy one, so there is nothing to escape for anybody.
    writer.write(output, snapshots, EscapingScheme.UNDERSCORE_ESCAPING);
  }
}
