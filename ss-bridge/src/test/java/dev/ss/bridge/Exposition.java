package dev.ss.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.bridge.internal.exposition.ExpositionFormat;
import dev.ss.bridge.internal.exposition.Page;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a scrape answers with, in Prometheus' text format 0.0.4, read as strictly as it is defined:
 * one block per family, each series once, buckets that only rise.
 */
public final class Exposition {
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)"
              + "(\\{(?:[a-zA-Z_]\\w*=\"(?:[^\"\\\\]|\\\\.)*\",?)+})?"
              + " (NaN|[+-]Inf|[-+0-9.eE]+)");
  private static final Pattern LE = Pattern.compile(",?le=\"[^\"]*\"");

  private final Map<String, String> types = new LinkedHashMap<>();
  private final Map<String, Double> samples = new LinkedHashMap<>();
  private String family = "";

  private Exposition() {}

  /** What the registry exports now. */
  public static Exposition of(BridgeRegistry registry) {
    return parse(text(registry));
  }

  /** The text of a scrape of the registry. */
  public static String text(BridgeRegistry registry) {
    return text(registry, ExpositionFormat.TEXT);
  }

  /** The same in OpenMetrics, which this class does not parse. */
  public static String openMetrics(BridgeRegistry registry) {
    return text(registry, ExpositionFormat.OPEN_METRICS);
  }

  private static String text(BridgeRegistry registry, ExpositionFormat format) {
    Page page = new Page();
    registry.scrape(name -> true).write(format, page);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      page.sendTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /** Reads a text, which has to be well formed. */
  public static Exposition parse(String text) {
    Exposition exposition = new Exposition();
    assertThat(text).matches("(?s)|.*\n");
    text.lines().forEach(exposition::line);
    exposition.assertBucketsRise();
    return exposition;
  }

  private void line(String line) {
    if (line.startsWith("# TYPE ")) {
      String[] words = line.split(" ", -1);
      family = words[2];
      assertThat(types.put(family, words[3])).as("type of %s given before", family).isNull();
    } else if (!line.startsWith("# HELP ")) {
      sample(line);
    }
  }

  private void sample(String line) {
    Matcher matcher = SAMPLE.matcher(line);
    assertThat(matcher.matches()).as("a sample: %s", line).isTrue();
    assertThat(matcher.group(1)).as("sample in the block of its family").startsWith(family);
    String series = matcher.group(1) + (matcher.group(2) == null ? "" : matcher.group(2));
    double value = Double.parseDouble(matcher.group(3).replace("Inf", "Infinity"));
    assertThat(samples.put(series, value)).as("%s given before", series).isNull();
  }

  private void assertBucketsRise() {
    Map<String, Double> last = new LinkedHashMap<>();
    samples.forEach(
        (series, value) -> {
          if (series.contains("_bucket{")) {
            Double before = last.put(withoutLe(series), value);
            assertThat(value).as(series).isGreaterThanOrEqualTo(before == null ? 0 : before);
          }
        });
    last.forEach((series, value) -> assertThat(samples).containsEntry(series, value));
  }

  /** The series with the count that the last bucket has to be equal to. */
  private static String withoutLe(String bucket) {
    return LE.matcher(bucket).replaceFirst("").replace("_bucket{", "_count{").replace("{}", "");
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
