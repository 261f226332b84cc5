package dev.ss.metrics.bridge.scrape;

import java.time.Duration;

/** Tells when a scrape has been answered. */
public final class ScrapeSignal {
  private long scrapes;

  /** A scrape has been answered. */
  public synchronized void scraped() {
    scrapes++;
    notifyAll();
  }

  /** Waits for the next scrape, but not longer than that; true if there was one. */
  public synchronized boolean awaitNext(Duration time) throws InterruptedException {
    long before = scrapes;
    long deadline = System.nanoTime() + time.toNanos();
    while (scrapes == before) {
      long millis = (deadline - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        return false;
      }
      wait(millis);
    }
    return true;
  }
}
