package dev.ss.metrics.bridge.scrape;

import dev.ss.metrics.bridge.text.Page;
import dev.ss.metrics.bridge.text.TextFormat;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusProtobufWriter;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A format of exposition, and which of them a client gets. */
enum Format {
  /** Prometheus's text format, version 0.0.4: what everybody understands. */
  TEXT("text", "plain", Optional.of(TextFormat.PROMETHEUS)),
  /** OpenMetrics 1.0: with exemplars. */
  OPEN_METRICS("application", "openmetrics-text", Optional.of(TextFormat.OPEN_METRICS)),
  /** Prometheus's protobuf format: the only one with native histograms. */
  PROTOBUF("application", "vnd.google.protobuf", Optional.empty());

  private static final PrometheusProtobufWriter PROTOBUF_WRITER = new PrometheusProtobufWriter();

  private final String type;
  private final String subtype;
  private final Optional<TextFormat> text;

  Format(String type, String subtype, Optional<TextFormat> text) {
    this.type = type;
    this.subtype = subtype;
    this.text = text;
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
    return text.map(TextFormat::contentType).orElseGet(PROTOBUF_WRITER::getContentType);
  }

  void write(Scrape scrape, Page page) throws IOException {
    if (text.isPresent()) {
      scrape.write(text.get(), page);
    } else {
      // Every exported name is a legacy one, so there is nothing to escape for anybody.
      PROTOBUF_WRITER.write(page, scrape.snapshots(), EscapingScheme.UNDERSCORE_ESCAPING);
    }
  }
}
