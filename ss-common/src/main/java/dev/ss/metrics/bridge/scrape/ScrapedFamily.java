package dev.ss.metrics.bridge.scrape;

import dev.ss.metrics.bridge.text.TextWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Optional;

/** A family in a scrape, which can be had in the Java client's model, or as text without it. */
public interface ScrapedFamily {
  /** Its name in the Java client's model, which scrapes are ordered by. */
  String modelName();

  /** Its values now; nothing if no series has one. */
  Optional<MetricSnapshot> snapshot();

  /** Writes the same as text. */
  void write(TextWriter writer);
}
