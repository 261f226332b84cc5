package dev.ss.bridge.internal.scrape;

import dev.ss.bridge.internal.exposition.ExpositionFormat;
import dev.ss.bridge.internal.exposition.Page;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A format of exposition, and which of them a client gets. */
enum Format {
  /** Prometheus's text format, version 0.0.4: what everybody understands. */
  TEXT("text", "plain", ExpositionFormat.TEXT),
  /** OpenMetrics 1.0: with exemplars. */
  OPEN_METRICS("application", "openmetrics-text", ExpositionFormat.OPEN_METRICS),
  /** Prometheus's protobuf format: the only one with native histograms. */
  PROTOBUF("application", "vnd.google.protobuf", ExpositionFormat.PROTOBUF);

  private final String type;
  private final String subtype;
  private final ExpositionFormat exposition;

  Format(String type, String subtype, ExpositionFormat exposition) {
    this.type = type;
    this.subtype = subtype;
    this.exposition = exposition;
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
    return exposition.contentType();
  }

  void write(Scrape scrape, Page page) {
    scrape.write(exposition, page);
  }
}
