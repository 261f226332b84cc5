package dev.ss.bridge;

import dev.ss.bridge.internal.naming.Mapping;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives the metrics that others register a Prometheus name and labels. {@code kind}, {@code type},
 * {@code unit} and {@code help} may be null, which leaves them out. Immutable.
 *
 * @param match the metrics' names in the registry; each {@code *} stands for part of one
 *     dot-separated segment, as in {@code requests.*.slow-*}, and {@code **} for one segment or
 *     more
 * @param name the family's name, without the ending of its kind; it may quote the text that the
 *     stars stood for as <code>${0}</code>, <code>${1}</code>, …
 * @param labels the labels' values by their names; values may quote the same
 * @param kind {@code timer}, {@code histogram}, {@code meter}, {@code counter} or {@code gauge}:
 *     the rule is only for metrics of this kind
 * @param type {@code counter}, for gauges and Codahale counters that never fall
 * @param unit the unit of the values, which the name ends in; nanoseconds, microseconds and
 *     milliseconds are exported in seconds, kibibytes and mebibytes in bytes, percent as a ratio
 * @param help the family's HELP, instead of the names of its metrics
 */
public record MappingRule(
    String match,
    String name,
    Map<String, String> labels,
    @Nullable String kind,
    @Nullable String type,
    @Nullable String unit,
    @Nullable String help) {
  /** Copies the labels, which a configuration may leave out. */
  public MappingRule {
    labels = labels == null ? Map.of() : Map.copyOf(labels);
  }

  /** Makes a rule for metrics of every kind that keeps their types. */
  public MappingRule(String match, String name, Map<String, String> labels) {
    this(match, name, labels, null, null, null, null);
  }

  /** Rules with the same key are for the same metrics. */
  List<@Nullable Object> key() {
    return Arrays.asList(match, kind);
  }

  /**
   * Checks and compiles the rule.
   *
   * @throws IllegalArgumentException if the rule is malformed; the message names the match
   */
  Mapping compile() {
    return Mapping.of(match, name, labels, kind, type, unit, help);
  }
}
