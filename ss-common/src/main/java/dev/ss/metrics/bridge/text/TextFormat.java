package dev.ss.metrics.bridge.text;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A text format, and how the Java client writes it. */
public enum TextFormat {
  /** Prometheus's own, version 0.0.4. */
  PROMETHEUS(PrometheusTextFormatWriter.create(), ""),
  /** OpenMetrics 1.0, which has exemplars. */
  OPEN_METRICS(OpenMetricsTextFormatWriter.create(), "# EOF\n");

  @SuppressWarnings("ImmutableEnumChecker") // the writers keep no state
  private final ExpositionFormatWriter client;

  private final String end;

  TextFormat(ExpositionFormatWriter client, String end) {
    this.client = client;
    this.end = end;
  }

  /** What it is called in an HTTP header. */
  public String contentType() {
    return client.getContentType();
  }

  boolean hasExemplars() {
    return this == OPEN_METRICS;
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
