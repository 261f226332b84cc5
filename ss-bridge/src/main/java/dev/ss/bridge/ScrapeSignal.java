package dev.ss.bridge;

import java.time.Duration;

/** Tells when a scrape has been answered. */
public final class ScrapeSignal {
  private long scrapes;

  /** Before the first scrape. */
  public ScrapeSignal() {}

  /** A scrape has been answered. */
  public synchronized void scraped() {
    scrapes++;
    notifyAll();
  }

  /**
   * Waits for the next scrape, but not longer than that; true if there was one. Does not wait where
   * nobody has ever scraped.
   */
  public synchronized boolean awaitNext(Duration time) throws InterruptedException {
    long before = scrapes;
    long deadline = System.nanoTime() + time.toNanos();
    while (scrapes == before) {
      long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
      if (scrapes == 0 || millis <= 0) {
        return false;
      }
      wait(millis);
    }
    return true;
  }
}
