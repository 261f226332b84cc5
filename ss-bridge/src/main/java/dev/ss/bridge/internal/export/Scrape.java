package dev.ss.bridge.internal.export;

import dev.ss.bridge.internal.exposition.ExpositionBuffer;
import dev.ss.bridge.internal.exposition.ExpositionFormat;
import dev.ss.bridge.internal.exposition.ScrapeWriter;
import dev.ss.bridge.internal.exposition.SnapshotWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Comparator;
import java.util.List;

/**
 * What there is to see. What is somebody else's has been read; our own counters and histograms are
 * read as they are written.
 */
public final class Scrape {
  private final List<ScrapedFamily> families;

  /** A scrape of these families, in any order. */
  Scrape(List<ScrapedFamily> families) {
    this.families =
        families.stream().sorted(Comparator.comparing(ScrapedFamily::modelName)).toList();
  }

  /** Writes it behind what is on the page. */
  public void write(ExpositionFormat format, ExpositionBuffer page) {
    write(format.writer(page));
  }

  private void write(ScrapeWriter writer) {
    families.forEach(family -> family.write(writer));
    writer.end();
  }

  /** The same in the Java client's model. */
  public MetricSnapshots snapshots() {
    SnapshotWriter writer = new SnapshotWriter();
    write(writer);
    return writer.snapshots();
  }
}
