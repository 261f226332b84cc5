package dev.ss.bridge.internal.naming;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Where a metric goes.
 *
 * @param name of the family, without the ending its kind gives it
 * @param asCounter whether it is a counter whatever its kind
 * @param unit that its values are in, if a rule says so
 * @param help which is the same in every run
 */
public record MappedName(
    String name,
    SortedMap<String, String> labels,
    boolean asCounter,
    Optional<Unit> unit,
    String help) {
  /** Some parsers end a line, and with it the help, at more than a line feed. */
  private static final Pattern LINE_BREAK = Pattern.compile("\\R");

  static MappedName byRule(String metric) {
    String help = "Dropwizard metric " + LINE_BREAK.matcher(metric).replaceAll(" ");
    return new MappedName(
        PrometheusNames.snakeCase(metric), new TreeMap<>(), false, Optional.empty(), help);
  }
}
