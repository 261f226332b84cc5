package dev.ss.bridge.internal.naming;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The family and labels that a metric is exported with.
 *
 * @param name the family's name, without the ending of its kind
 * @param asCounter whether it is exported as a counter whatever its kind
 * @param unit the unit of its values, if a rule gives one
 * @param help the HELP text, which is the same in every run
 */
public record MappedName(
    String name,
    SortedMap<String, String> labels,
    boolean asCounter,
    Optional<Unit> unit,
    String help) {
  /** Some parsers end a line, and with it the help, at other characters than a line feed. */
  private static final Pattern LINE_BREAK = Pattern.compile("\\R");

  static MappedName byRule(String metric) {
    String help = "Dropwizard metric " + LINE_BREAK.matcher(metric).replaceAll(" ");
    return new MappedName(
        PrometheusNames.snakeCase(metric), new TreeMap<>(), false, Optional.empty(), help);
  }
}
