package dev.ss.system;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** The series of one scrape, by name and labels as they stand in the text. */
record Scrape(Map<String, Double> series) {

  static Scrape of(Client client) {
    Map<String, Double> series = new TreeMap<>();
    Client.text(client.get("/metrics"))
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line -> {
              int space = line.lastIndexOf(' ');
              series.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
            });
    return new Scrape(series);
  }

  /** The sum of the series of this name that have all these labels. */
  double sum(String name, String... labels) {
    return series.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(name + "{") || entry.getKey().equals(name))
        .filter(entry -> Arrays.stream(labels).allMatch(entry.getKey()::contains))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }
}
