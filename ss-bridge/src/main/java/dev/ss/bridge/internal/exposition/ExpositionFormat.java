package dev.ss.bridge.internal.exposition;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusProtobufWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A format of scrapes, its media type, and how the Java client writes it. */
public enum ExpositionFormat {
  /** Prometheus's own text, version 0.0.4: what everybody understands. */
  TEXT("text", "plain", PrometheusTextFormatWriter.create(), ""),
  /** OpenMetrics 1.0, which has exemplars. */
  OPEN_METRICS("application", "openmetrics-text", OpenMetricsTextFormatWriter.create(), "# EOF\n"),
  /** The same with a sample {@code _created} for each counter and histogram. */
  OPEN_METRICS_CREATED(
      "application",
      "openmetrics-text",
      OpenMetricsTextFormatWriter.builder().setCreatedTimestampsEnabled(true).build(),
      "# EOF\n"),
  /** Messages of type {@code io.prometheus.client.MetricFamily}, which have native buckets. */
  PROTOBUF("application", "vnd.google.protobuf", new PrometheusProtobufWriter(), "");

  private final String type;
  private final String subtype;

  @SuppressWarnings("ImmutableEnumChecker") // the writers keep no state
  private final ExpositionFormatWriter client;

  private final String end;

  ExpositionFormat(String type, String subtype, ExpositionFormatWriter client, String end) {
    this.type = type;
    this.subtype = subtype;
    this.client = client;
    this.end = end;
  }

  /** Whether it has this media type, in lower case. */
  public boolean is(String otherType, String otherSubtype) {
    return type.equals(otherType) && subtype.equals(otherSubtype);
  }

  /** What it is called in an HTTP header. */
  public String contentType() {
    return client.getContentType();
  }

  /** For one scrape, behind what is on the page. */
  public ScrapeWriter writer(ExpositionBuffer page) {
    return this == PROTOBUF ? new ProtobufWriter(page) : new TextWriter(this, page);
  }

  boolean isOpenMetrics() {
    return this == OPEN_METRICS || this == OPEN_METRICS_CREATED;
  }

  /** Whether the time since when a series counts is a sample of its own. */
  boolean hasCreatedSamples() {
    return this == OPEN_METRICS_CREATED;
  }

  /** What the client writes of these families, without the end of the scrape. */
  void write(MetricSnapshots snapshots, ExpositionBuffer page) {
    try {
      // Every exported name is a legacy one, so there is nothing to escape for anybody.
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
