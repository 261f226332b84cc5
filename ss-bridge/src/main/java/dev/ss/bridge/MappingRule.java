package dev.ss.bridge;

import dev.ss.bridge.internal.naming.Mapping;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Gives the metrics of others a name in Prometheus and labels. What is null is left out.
 *
 * @param match the metrics' names in the registry; each {@code *} stands for part of one
 *     dot-separated segment, such as in {@code requests.*.slow-*}, and {@code **} for one segment
 *     or more
 * @param name the family's name, without the ending of its kind; it may quote what the stars stood
 *     for as <code>${0}</code>, <code>${1}</code>, …
 * @param labels the labels' values by their names; they may quote the same
 * @param kind {@code timer}, {@code histogram}, {@code meter}, {@code counter} or {@code gauge}:
 *     the rule is for metrics of this kind alone
 * @param type {@code counter} for gauges and Codahale counters that never fall
 * @param unit that the values are in, which the name ends in; nanoseconds, microseconds and
 *     milliseconds are exported in seconds, kibibytes and mebibytes in bytes, percent as a ratio
 * @param help what the family means, instead of the names it is made of
 */
public record MappingRule(
    String match,
    String name,
    Map<String, String> labels,
    String kind,
    String type,
    String unit,
    String help) {
  /** A rule whose labels do not change. */
  public MappingRule {
    labels = labels == null ? Map.of() : Map.copyOf(labels);
  }

  /** A rule for metrics of every kind, as what they are. */
  public MappingRule(String match, String name, Map<String, String> labels) {
    this(match, name, labels, null, null, null, null);
  }

  /** Rules with the same key are for the same metrics. */
  List<Object> key() {
    return Arrays.asList(match, kind); // kind may be null
  }

  /**
   * The rule, checked.
   *
   * @throws IllegalArgumentException which names the match, if the rule is malformed
   */
  Mapping compile() {
    return Mapping.of(match, name, labels, kind, type, unit, help);
  }
}
