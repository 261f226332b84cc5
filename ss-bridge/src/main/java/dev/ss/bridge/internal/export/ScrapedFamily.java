package dev.ss.bridge.internal.export;

import dev.ss.bridge.internal.exposition.ScrapeWriter;

/** A family in a scrape. */
interface ScrapedFamily {
  /** Its name in the Java client's model, which scrapes are ordered by. */
  String modelName();

  /** Writes its values now; nothing if no series has one. */
  void write(ScrapeWriter writer);
}
