package dev.ss.bridge.internal.scrape;

import dev.ss.bridge.internal.exposition.ExpositionFormat;
import dev.ss.bridge.internal.exposition.Page;
import dev.ss.bridge.internal.exposition.ScrapeWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What there is to see. What is somebody else's has been read; our own counters and histograms are
 * read as they are written.
 */
public final class Scrape {
  private final List<ScrapedFamily> families;

  /** A scrape of these families, in any order. */
  public Scrape(List<? extends ScrapedFamily> families) {
    this.families =
        families.stream()
            .<ScrapedFamily>map(family -> family)
            .sorted(Comparator.comparing(ScrapedFamily::modelName))
            .toList();
  }

  /** Writes it behind what is on the page. */
  public void write(ExpositionFormat format, Page page) {
    ScrapeWriter writer = format.writer(page);
    families.forEach(family -> family.write(writer));
    writer.end();
  }

  /** The same in the Java client's model. */
  public MetricSnapshots snapshots() {
    return new MetricSnapshots(
        families.stream().map(ScrapedFamily::snapshot).flatMap(Optional::stream).toList());
  }
}
