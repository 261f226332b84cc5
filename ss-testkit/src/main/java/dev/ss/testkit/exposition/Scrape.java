package dev.ss.testkit.exposition;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One answer to {@code GET /metrics} in Prometheus's text format 0.0.4. A series is named as on the
 * page, such as {@code ss_jobs_total{event="created"}}.
 */
public final class Scrape {
  private static final String TYPE = "# TYPE ";

  private final String text;
  private final Map<String, String> types = new LinkedHashMap<>();
  private final Map<String, Double> samples = new LinkedHashMap<>();

  private Scrape(String text) {
    this.text = text;
    Arrays.stream(text.split("\n", -1)).filter(line -> !line.isEmpty()).forEach(this::read);
  }

  /** Reads a page leniently: comments other than types are skipped, and nothing is checked. */
  public static Scrape parse(String text) {
    return new Scrape(text);
  }

  /** Reads the page that this handler answers with. */
  public static Scrape of(HttpHandler metrics) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", metrics);
      server.start();
      URI uri = URI.create("http://127.0.0.1:%d/metrics".formatted(server.getAddress().getPort()));
      try (InputStream page = uri.toURL().openStream()) {
        return parse(new String(page.readAllBytes(), StandardCharsets.UTF_8));
      } finally {
        server.stop(0);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(String line) {
    if (line.startsWith(TYPE)) {
      int end = line.lastIndexOf(' ');
      types.put(line.substring(TYPE.length(), end), line.substring(end + 1));
    } else if (!line.startsWith("#")) {
      int end = line.lastIndexOf(' ');
      samples.put(line.substring(0, end), number(line.substring(end + 1)));
    }
  }

  private static double number(String text) {
    return Double.parseDouble(text.replace("Inf", "Infinity"));
  }

  /** Returns the page. */
  public String text() {
    return text;
  }

  /** Returns the value of a series, which must be there. */
  public double value(String series) {
    Double value = samples.get(series);
    if (value == null) {
      throw new AssertionError("no %s among %s".formatted(series, samples.keySet()));
    }
    return value;
  }

  /** Returns the value of a series; 0 if it is not there. */
  public double valueOrZero(String series) {
    return samples.getOrDefault(series, 0.0);
  }

  /** Returns whether the series is there. */
  public boolean has(String series) {
    return samples.containsKey(series);
  }

  /** Returns all series, in the order of the page. */
  public Map<String, Double> samples() {
    return Collections.unmodifiableMap(samples);
  }

  /** Returns the names of the families, in the order of the page. */
  public Set<String> families() {
    return Collections.unmodifiableSet(types.keySet());
  }

  /** Returns the type of a family, which must be there. */
  public String type(String family) {
    if (!types.containsKey(family)) {
      throw new AssertionError("no %s among %s".formatted(family, families()));
    }
    return types.get(family);
  }

  /** Returns the series with this name. */
  public Map<String, Double> named(String name) {
    return samples.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(name + "{") || entry.getKey().equals(name))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /**
   * Returns the sum of the series that have this name and all these labels.
   *
   * @param labels parts of a series as on the page, such as {@code event="created"}
   */
  public double sum(String name, String... labels) {
    return named(name).entrySet().stream()
        .filter(entry -> Arrays.stream(labels).allMatch(entry.getKey()::contains))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  /** Returns by how much the series with this name differ from an earlier scrape, if they do. */
  public Map<String, Double> grownSince(Scrape earlier, String name) {
    return named(name).entrySet().stream()
        .filter(entry -> entry.getValue() != earlier.valueOrZero(entry.getKey()))
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry -> entry.getValue() - earlier.valueOrZero(entry.getKey())));
  }

  /**
   * Returns by how much the sums over the values of one label differ from an earlier scrape, if
   * they do, by the label's values.
   */
  public Map<String, Double> grownBy(String label, Scrape earlier, String name) {
    Pattern value = Pattern.compile("[{,]" + label + "=\"([^\"]*)\"");
    return grownSince(earlier, name).entrySet().stream()
        .collect(
            Collectors.groupingBy(
                entry -> value.matcher(entry.getKey()).results().findFirst().orElseThrow().group(1),
                Collectors.summingDouble(Map.Entry::getValue)));
  }

  /**
   * Returns a series as on the page of the bridge, which sorts labels by name.
   *
   * @param labels names and values in turn
   */
  public static String series(String name, String... labels) {
    Map<String, String> sorted = new TreeMap<>();
    for (int i = 0; i < labels.length; i += 2) {
      sorted.put(labels[i], labels[i + 1]);
    }
    return sorted.entrySet().stream()
        .map(label -> label.getKey() + "=\"" + label.getValue() + "\"")
        .collect(Collectors.joining(",", name + "{", "}"));
  }

  @Override
  public String toString() {
    return "a scrape of " + samples.size() + " series";
  }
}
