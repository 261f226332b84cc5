package dev.ss.bridge;

import dev.ss.bridge.strict.StrictReader;
import dev.ss.testkit.exposition.Scrape;
import java.nio.charset.StandardCharsets;

/** Scrapes registries, and holds the pages to the rules of their format. */
public final class Exposition {
  private Exposition() {}

  /** Scrapes a registry. */
  public static Scrape of(BridgeRegistry registry) {
    return parse(text(registry));
  }

  /** Returns the page of a registry in Prometheus's text format. */
  public static String text(BridgeRegistry registry) {
    return new String(new Pages(registry).text(), StandardCharsets.UTF_8);
  }

  /** Returns the page of a registry in OpenMetrics. */
  public static String openMetrics(BridgeRegistry registry) {
    return new String(new Pages(registry).openMetrics(), StandardCharsets.UTF_8);
  }

  /**
   * Reads a page.
   *
   * @throws dev.ss.bridge.strict.MalformedPage if the page breaks a rule of the text format
   */
  public static Scrape parse(String text) {
    StrictReader.text(text.getBytes(StandardCharsets.UTF_8));
    return Scrape.parse(text);
  }
}
