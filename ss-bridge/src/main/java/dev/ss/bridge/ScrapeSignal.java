package dev.ss.bridge;

import java.time.Duration;

/** Lets threads wait until a scrape has been answered. Thread-safe. */
public final class ScrapeSignal {
  private long scrapes;

  public ScrapeSignal() {}

  /** Reports that a scrape has been answered. */
  public synchronized void scraped() {
    scrapes++;
    notifyAll();
  }

  /**
   * Waits for the next scrape, at most this long. Returns false at once if there has been no scrape
   * yet.
   *
   * @return whether there was a scrape
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
