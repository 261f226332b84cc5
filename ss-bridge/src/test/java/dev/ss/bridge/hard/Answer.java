package dev.ss.bridge.hard;

import dev.ss.testkit.exposition.Scrape;

/** The answer to a request for the metrics. */
sealed interface Answer {
  /** The pages before and after the case's {@code later} step. */
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
  record Page(String text, Scrape samples) {
    static Page of(String text) {
      return new Page(text, Scrape.parse(text));
    }
  }

  /** An error. */
  record Refused(int status, String body) implements Answer {}

  /** No answer within Prometheus's default scrape timeout. */
  record Silence() implements Answer {}
}
