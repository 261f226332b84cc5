package dev.ss.drill.alert;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Shortens the times in Prometheus's files and keeps every other byte.
 *
 * @param factor divides all other times
 * @param serviceFactor divides scrape intervals and thresholds that follow SS's own intervals; a
 *     scrape interval or a lease of a quarter of a second would be missed on a busy machine
 */
record TimeScale(int factor, int serviceFactor) {
  private static final String DURATION = "(?:\\d+(?:ms|[smhdwy]))+";

  /** {@code for: 5m} and similar settings. */
  private static final Pattern SETTING =
      Pattern.compile(
          "(?<=(?<!scrape_)\\b(?:for|interval|evaluation_interval): )" + DURATION + "\\b");

  /** Scrape settings: a process on a busy machine needs time to answer. */
  private static final Pattern SCRAPE =
      Pattern.compile("(?<=\\bscrape_(?:interval|timeout): )" + DURATION + "\\b");

  /** {@code [5m]}, {@code [1h:1m]}, {@code offset 30m}. */
  private static final Pattern RANGE =
      Pattern.compile("(?<=\\[|\\[" + "[0-9a-z]{1,12}:|\\boffset )" + DURATION + "\\b");

  /**
   * The seconds of a window, {@code 300 * avg_over_time(…)} or {@code …_timestamp_seconds) < 300}.
   */
  private static final Pattern SECONDS =
      Pattern.compile("\\b\\d+(?= \\* avg_over_time\\()|(?<=_timestamp_seconds\\) < )\\d+\\b");

  private static final Pattern PART = Pattern.compile("(\\d+)(ms|[smhdwy])");

  private static final Map<String, Long> MILLISECONDS =
      Map.of(
          "ms", 1L,
          "s", 1_000L,
          "m", 60_000L,
          "h", 3_600_000L,
          "d", 86_400_000L,
          "w", 7 * 86_400_000L,
          "y", 365 * 86_400_000L);

  /** Thresholds that people have set for ages and durations. */
  private static final List<String> TIMES =
      List.of(
          "oldest_ready_age_seconds",
          "oldest_running_age_seconds",
          "unusual_run_min_age_seconds",
          "schedule_delay_seconds");

  /** Thresholds that follow worker.heartbeatInterval, api.queueInterval and the scrape interval. */
  private static final List<String> SERVICE_TIMES =
      List.of(
          "heartbeat_age_seconds",
          "poll_age_seconds",
          "queue_snapshot_age_seconds",
          "scrape_duration_seconds");

  /** Copies the YAML files of a directory and its subdirectories. */
  void copy(Path from, Path to) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".yml")).toList()) {
        Path target = to.resolve(from.relativize(file));
        Files.createDirectories(target.getParent());
        Files.writeString(target, text(Files.readString(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Scales the text of one file. */
  String text(String text) {
    String scaled = shorter(text, SETTING, factor);
    scaled = shorter(scaled, RANGE, factor);
    scaled = shorter(scaled, SCRAPE, serviceFactor);
    scaled =
        SECONDS
            .matcher(scaled)
            .replaceAll(found -> Double.toString(Double.parseDouble(found.group()) / factor));
    for (String name : TIMES) {
      scaled = threshold(scaled, name, factor);
    }
    for (String name : SERVICE_TIMES) {
      scaled = threshold(scaled, name, serviceFactor);
    }
    return scaled;
  }

  private static String shorter(String text, Pattern what, int factor) {
    return what.matcher(text).replaceAll(found -> of(found.group(), factor));
  }

  /** Scales a duration in Prometheus's notation. */
  String of(String duration) {
    return of(duration, factor);
  }

  private static String of(String duration, int factor) {
    long milliseconds =
        PART.matcher(duration)
            .results()
            .mapToLong(part -> Long.parseLong(part.group(1)) * unit(part.group(2)))
            .sum();
    return Math.max(1, milliseconds / factor) + "ms";
  }

  private static long unit(String name) {
    return Objects.requireNonNull(MILLISECONDS.get(name));
  }

  /** Scales a duration. */
  Duration of(Duration duration) {
    return duration.dividedBy(factor);
  }

  private static String threshold(String text, String name, int factor) {
    Matcher rule =
        Pattern.compile("(record: ss:threshold:" + name + "\\s+expr: vector\\()([0-9.]+)(?=\\))")
            .matcher(text);
    return rule.replaceAll(found -> found.group(1) + Double.parseDouble(found.group(2)) / factor);
  }
}
