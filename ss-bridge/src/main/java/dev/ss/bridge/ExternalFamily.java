package dev.ss.bridge;

import dev.ss.bridge.internal.exposition.ScrapeWriter;
import dev.ss.bridge.internal.scrape.ScrapedFamily;
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
  public void write(ScrapeWriter writer) {
    writer.family(values);
  }
}
