package dev.ss.bridge.internal.exposition;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusProtobufWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A format of scrapes, and how the Java client writes it. */
public enum ExpositionFormat {
  /** Prometheus's own text, version 0.0.4. */
  TEXT(PrometheusTextFormatWriter.create(), ""),
  /** OpenMetrics 1.0, which has exemplars. */
  OPEN_METRICS(OpenMetricsTextFormatWriter.create(), "# EOF\n"),
  /** Messages of type {@code io.prometheus.client.MetricFamily}, which have native buckets. */
  PROTOBUF(new PrometheusProtobufWriter(), "");

  @SuppressWarnings("ImmutableEnumChecker") // the writers keep no state
  private final ExpositionFormatWriter client;

  private final String end;

  ExpositionFormat(ExpositionFormatWriter client, String end) {
    this.client = client;
    this.end = end;
  }

  /** What it is called in an HTTP header. */
  public String contentType() {
    return client.getContentType();
  }

  /** For one scrape, behind what is on the page. */
  public ScrapeWriter writer(Page page) {
    return this == PROTOBUF ? new ProtobufWriter(page) : new TextWriter(this, page);
  }

  boolean hasExemplars() {
    return this != TEXT;
  }

  /** What the client writes of these families, without the end of the scrape. */
  void write(MetricSnapshots snapshots, Page page) {
    try {
      // Every exported name is a legacy one, so there is nothing to escape for anybody.
      client.write(page, snapshots, EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    page.cutTo(page.size() - end.length());
  }

  void end(Page page) {
    page.ascii(end);
  }
}
