package dev.ss.testkit.system;

import dev.ss.testkit.exposition.Scrape;
import dev.ss.testkit.process.Uptime;

/**
 * A scrape with its time.
 *
 * @param at when the scrape was requested, in seconds of {@link Uptime}
 */
public record TimedScrape(Scrape scrape, double at) {
  /** Returns the sum of the series that have this name and all these labels. */
  public double sum(String name, String... labels) {
    return scrape.sum(name, labels);
  }
}
