package dev.ss.bridge;

import com.codahale.metrics.MetricFilter;
import com.codahale.metrics.MetricRegistry;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.dropwizard.DropwizardExports;
import io.prometheus.metrics.instrumentation.dropwizard5.labels.CustomLabelMapper;
import io.prometheus.metrics.instrumentation.dropwizard5.labels.MapperConfig;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The bridge that comes with the Java client. */
final class StockBridge {
  private final PrometheusRegistry prometheus = new PrometheusRegistry();

  StockBridge(MetricRegistry registry) {
    prometheus.register(new DropwizardExports(registry));
  }

  StockBridge(MetricRegistry registry, List<MapperConfig> mappings) {
    prometheus.register(
        new DropwizardExports(registry, MetricFilter.ALL, new CustomLabelMapper(mappings)));
  }

  /** The text it would answer a scrape with. */
  String scrape() {
    return scrape(EscapingScheme.UNDERSCORE_ESCAPING);
  }

  String scrape(EscapingScheme escaping) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(out, prometheus.scrape(), escaping);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
