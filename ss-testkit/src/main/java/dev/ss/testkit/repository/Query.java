package dev.ss.testkit.repository;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A PromQL query and its owner.
 *
 * @param of the panel, annotation, variable or document
 * @param expression with Grafana's variables in it
 * @param instant whether it is asked for one time only, and not for a range
 */
public record Query(String of, String expression, boolean instant) {
  private static final Pattern VARIABLE = Pattern.compile("\\$(?:(\\w+)|\\{(\\w+)})");

  /** Returns the expression as Prometheus gets it; a variable without a value stays. */
  public String with(Map<String, String> values) {
    return VARIABLE
        .matcher(expression)
        .replaceAll(
            found -> {
              String name = found.group(1) == null ? found.group(2) : found.group(1);
              return Matcher.quoteReplacement(values.getOrDefault(name, found.group()));
            });
  }

  @Override
  public String toString() {
    return of + ": " + expression;
  }
}
