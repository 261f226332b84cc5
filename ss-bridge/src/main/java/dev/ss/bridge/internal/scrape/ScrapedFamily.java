package dev.ss.bridge.internal.scrape;

import dev.ss.bridge.internal.exposition.ScrapeWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Optional;

/** A family in a scrape, which can be had in the Java client's model, or written without it. */
public interface ScrapedFamily {
  /** Its name in the Java client's model, which scrapes are ordered by. */
  String modelName();

  /** Its values now; nothing if no series has one. */
  Optional<MetricSnapshot> snapshot();

  /** Writes the same without it. */
  void write(ScrapeWriter writer);
}
