package dev.ss.bridge.internal.exposition;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusProtobufWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.UncheckedIOException;

/** An exposition format, its media type, and the Java client's writer for it. */
public enum ExpositionFormat {
  /** Prometheus's own text format, version 0.0.4, which every scraper reads. */
  TEXT("text", "plain", PrometheusTextFormatWriter.create(), ""),
  /** OpenMetrics 1.0, which has exemplars. */
  OPEN_METRICS("application", "openmetrics-text", OpenMetricsTextFormatWriter.create(), "# EOF\n"),
  /** OpenMetrics 1.0 with a sample {@code _created} for each counter and histogram. */
  OPEN_METRICS_CREATED(
      "application",
      "openmetrics-text",
      OpenMetricsTextFormatWriter.builder().setCreatedTimestampsEnabled(true).build(),
      "# EOF\n"),
  /** Messages of type {@code io.prometheus.client.MetricFamily}, which have native buckets. */
  PROTOBUF("application", "vnd.google.protobuf", new PrometheusProtobufWriter(), "");

  private final String type;
  private final String subtype;

  @SuppressWarnings("ImmutableEnumChecker") // the writers have no state
  private final ExpositionFormatWriter client;

  private final String end;

  ExpositionFormat(String type, String subtype, ExpositionFormatWriter client, String end) {
    this.type = type;
    this.subtype = subtype;
    this.client = client;
    this.end = end;
  }

  /** Whether the format has this media type, given in lower case. */
  public boolean is(String otherType, String otherSubtype) {
    return type.equals(otherType) && subtype.equals(otherSubtype);
  }

  /** Returns the value of the {@code Content-Type} header. */
  public String contentType() {
    return client.getContentType();
  }

  /** Makes a writer for one scrape that appends to the page. */
  public ScrapeWriter writer(ExpositionBuffer page) {
    return this == PROTOBUF ? new ProtobufWriter(page) : new TextWriter(this, page);
  }

  boolean isOpenMetrics() {
    return this == OPEN_METRICS || this == OPEN_METRICS_CREATED;
  }

  /** Whether a series' creation time is a sample of its own. */
  boolean hasCreatedSamples() {
    return this == OPEN_METRICS_CREATED;
  }

  /** Has the Java client write these families, without the end of the scrape. */
  void write(MetricSnapshots snapshots, ExpositionBuffer page) {
    try {
      // Every exported name is a legacy name, so no escaping scheme changes it.
      client.write(page, snapshots, EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    page.cutTo(page.size() - end.length());
  }

  void end(ExpositionBuffer page) {
    page.ascii(end);
  }
}
