package dev.ss.bench.micro;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusProtobufWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** The formats that Prometheus requests, and the Java client's writers for them. */
public enum ScrapeFormat {
  TEXT(PrometheusTextFormatWriter.create(), false),
  /** As Prometheus always requests it. */
  TEXT_GZIP(PrometheusTextFormatWriter.create(), true),
  OPEN_METRICS(OpenMetricsTextFormatWriter.create(), false),
  PROTOBUF(new PrometheusProtobufWriter(), false);

  @SuppressWarnings("ImmutableEnumChecker") // the writers have no state
  private final ExpositionFormatWriter writer;

  private final boolean compressed;

  ScrapeFormat(ExpositionFormatWriter writer, boolean compressed) {
    this.writer = writer;
    this.compressed = compressed;
  }

  String contentType() {
    return writer.getContentType();
  }

  boolean isCompressed() {
    return compressed;
  }

  void write(MetricSnapshots snapshots, OutputStream output) throws IOException {
    writer.write(output, snapshots, EscapingScheme.UNDERSCORE_ESCAPING);
  }

  /** Returns the stream to write plain bytes to; to be closed. */
  OutputStream encoded(OutputStream output) throws IOException {
    return compressed ? new GZIPOutputStream(output) : output;
  }
}
