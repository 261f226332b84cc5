package dev.ss.bridge.hard;

import dev.ss.bridge.Exposition;

/** What came of asking for the metrics. */
sealed interface Answer {
  /** Pages, once before and once after what the case does between two scrapes. */
  record Scraped(Page first, Page page, String openMetrics) implements Answer {
    double value(String series) {
      return page.samples().value(series);
    }

    String type(String family) {
      return page.samples().type(family);
    }

    double dropped(String metric) {
      return value("metrics_bridge_dropped_total{metric=\"" + metric + "\"}");
    }
  }

  /** A page in the text format. */
  record Page(String text, Exposition samples) {
    static Page of(String text) {
      return new Page(text, Exposition.loosely(text));
    }
  }

  /** An error. */
  record Refused(int status, String body) implements Answer {}

  /** Nothing, for as long as Prometheus waits unless it is told otherwise. */
  record Silence() implements Answer {}
}
