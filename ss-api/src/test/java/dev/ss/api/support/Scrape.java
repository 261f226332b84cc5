package dev.ss.api.support;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** One answer of {@code GET /metrics}: the series as they are written, and their values. */
public final class Scrape {
  private final String text;
  private final Map<String, Double> series = new TreeMap<>();

  private Scrape(String text) {
    this.text = text;
    text.lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line -> {
              int end = line.lastIndexOf(' ');
              series.put(line.substring(0, end), Double.valueOf(line.substring(end + 1)));
            });
  }

  public static Scrape of(Http http) {
    Answer answer = http.get("/metrics");
    if (answer.status() != 200) {
      throw new AssertionError("a scrape must always work: " + answer);
    }
    return new Scrape(answer.text());
  }

  public String text() {
    return text;
  }

  /** The value of a series, written as in the exposition; 0 where there is none yet. */
  public double value(String seriesName) {
    return series.getOrDefault(seriesName, 0.0);
  }

  /** The series of a family. */
  public Map<String, Double> family(String name) {
    return where(seriesName -> seriesName.startsWith(name + "{") || seriesName.equals(name));
  }

  /** The series of a family that are not at 0, as differences to an earlier scrape. */
  public Map<String, Double> grownSince(Scrape earlier, String family) {
    return family(family).entrySet().stream()
        .filter(entry -> entry.getValue() != earlier.value(entry.getKey()))
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, entry -> entry.getValue() - earlier.value(entry.getKey())));
  }

  private Map<String, Double> where(Predicate<String> wanted) {
    return series.entrySet().stream()
        .filter(entry -> wanted.test(entry.getKey()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** {@code name{label="value",…}}, with the labels in the order of the exposition. */
  public static String series(String name, String... labels) {
    Map<String, String> sorted = new TreeMap<>();
    for (int i = 0; i < labels.length; i += 2) {
      sorted.put(labels[i], labels[i + 1]);
    }
    return name
        + sorted.entrySet().stream()
            .map(label -> label.getKey() + "=\"" + label.getValue() + "\"")
            .collect(Collectors.joining(",", "{", "}"));
  }

  @Override
  public String toString() {
    return "a scrape of "
        + series.size()
        + " series, of which "
        + Arrays.toString(series.keySet().stream().limit(5).toArray());
  }
}
