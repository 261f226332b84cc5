package dev.ss.bridge.internal.export;

import dev.ss.bridge.internal.exposition.ExpositionBuffer;
import dev.ss.bridge.internal.exposition.ExpositionFormat;
import dev.ss.bridge.internal.exposition.ScrapeWriter;
import dev.ss.bridge.internal.exposition.SnapshotWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Comparator;
import java.util.List;

/**
 * The content of one scrape. The values of untrusted code have been read already; our own counters
 * and histograms are read while they are written.
 */
public final class Scrape {
  private final List<ScrapedFamily> families;

  /** Makes a scrape of these families, which may come in any order. */
  Scrape(List<ScrapedFamily> families) {
    this.families =
        families.stream().sorted(Comparator.comparing(ScrapedFamily::modelName)).toList();
  }

  /** Appends the scrape to the buffer. */
  public void write(ExpositionFormat format, ExpositionBuffer page) {
    write(format.writer(page));
  }

  private void write(ScrapeWriter writer) {
    families.forEach(family -> family.write(writer));
    writer.end();
  }

  /** Returns the scrape in the Java client's model. */
  public MetricSnapshots snapshots() {
    SnapshotWriter writer = new SnapshotWriter();
    write(writer);
    return writer.snapshots();
  }
}
