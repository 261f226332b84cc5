package dev.ss.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.bridge.strict.Family;
import dev.ss.bridge.strict.StrictReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a scrape answers with, in Prometheus's text format 0.0.4, read strictly. */
public final class Exposition {
  private final Map<String, String> types = new LinkedHashMap<>();
  private final Map<String, Double> samples = new LinkedHashMap<>();

  private Exposition(List<Family> families) {
    for (Family family : families) {
      types.put(family.name(), family.type());
      family.samples().forEach(sample -> samples.put(sample.series(), sample.value()));
    }
  }

  /** What the registry exports now. */
  public static Exposition of(BridgeRegistry registry) {
    return parse(text(registry));
  }

  /** The text of a scrape of the registry. */
  public static String text(BridgeRegistry registry) {
    return new String(new Pages(registry).text(), StandardCharsets.UTF_8);
  }

  /** The same in OpenMetrics. */
  public static String openMetrics(BridgeRegistry registry) {
    return new String(new Pages(registry).openMetrics(), StandardCharsets.UTF_8);
  }

  /** Reads a text, which has to be well formed. */
  public static Exposition parse(String text) {
    return new Exposition(StrictReader.text(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Reads the lines of a text that need not be well formed, such as somebody else's. */
  public static Exposition loosely(String text) {
    Exposition exposition = new Exposition(List.of());
    for (String line : text.lines().toList()) {
      List<String> words = List.of(line.split(" ", -1));
      if (line.startsWith("# TYPE ")) {
        exposition.types.put(words.get(2), words.get(3));
      } else if (!line.startsWith("#")) {
        int end = line.lastIndexOf(' ');
        exposition.samples.put(line.substring(0, end), number(line.substring(end + 1)));
      }
    }
    return exposition;
  }

  private static double number(String text) {
    return Double.parseDouble(text.replace("Inf", "Infinity"));
  }

  /** The value of a series such as {@code ss_jobs_total{event="created"}}; it has to be there. */
  public double value(String series) {
    assertThat(samples).containsKey(series);
    return samples.get(series);
  }

  /** Whether the series is there. */
  public boolean has(String series) {
    return samples.containsKey(series);
  }

  /** All series, in the order of the text. */
  public Map<String, Double> samples() {
    return Collections.unmodifiableMap(samples);
  }

  /** The names of the families, in the order of the text. */
  public Set<String> families() {
    return Collections.unmodifiableSet(types.keySet());
  }

  /** What the family is: counter, gauge or histogram. */
  public String type(String name) {
    assertThat(types).containsKey(name);
    return types.get(name);
  }
}
