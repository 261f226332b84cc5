package dev.ss.metrics.bridge;

import dev.ss.metrics.bridge.scrape.ScrapedFamily;
import dev.ss.metrics.bridge.text.TextWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Optional;

/** A family that a collector has given. */
record ExternalFamily(MetricSnapshot values) implements ScrapedFamily {
  @Override
  public String modelName() {
    return values.getMetadata().getPrometheusName();
  }

  @Override
  public Optional<MetricSnapshot> snapshot() {
    return Optional.of(values);
  }

  @Override
  public void write(TextWriter writer) {
    writer.family(values);
  }
}
