package dev.ss.bridge.internal.export;

import dev.ss.bridge.internal.exposition.ScrapeWriter;

/** A family in a scrape. */
interface ScrapedFamily {
  /** Returns the family's name in the Java client's model, by which a scrape is sorted. */
  String modelName();

  /** Writes the family's current values; nothing if no series has one. */
  void write(ScrapeWriter writer);
}
