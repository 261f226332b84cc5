package dev.ss.testkit.place;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The series of one scrape.
 *
 * @param series the values by name and labels, as in the text format
 * @param at when the scrape was requested, in seconds of {@link Uptime}
 */
public record Scrape(Map<String, Double> series, double at) {
  static Scrape parse(String text, double at) {
    Map<String, Double> series = new HashMap<>();
    text.lines()
        .filter(line -> line.startsWith("ss_"))
        .forEach(
            line -> {
              int space = line.lastIndexOf(' ');
              series.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
            });
    return new Scrape(series, at);
  }

  /** Returns the sum of the series that have this name and all these labels. */
  public double sum(String name, String... labels) {
    return series.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(name + "{") || entry.getKey().equals(name))
        .filter(entry -> Arrays.stream(labels).allMatch(entry.getKey()::contains))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }
}
