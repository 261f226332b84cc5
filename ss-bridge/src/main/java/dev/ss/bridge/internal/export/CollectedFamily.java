package dev.ss.bridge.internal.export;

import dev.ss.bridge.internal.exposition.ScrapeWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;

/** A family from a collector. */
record CollectedFamily(MetricSnapshot values) implements ScrapedFamily {
  @Override
  public String modelName() {
    return values.getMetadata().getPrometheusName();
  }

  @Override
  public void write(ScrapeWriter writer) {
    writer.family(values);
  }
}
