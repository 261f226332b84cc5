package dev.ss.bridge.strict;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A sample.
 *
 * @param labels in the order of the page
 */
public record Sample(
    int line,
    String name,
    Map<String, String> labels,
    double value,
    Optional<String> timestamp,
    Optional<Exemplar> exemplar) {

  /** Returns the name and the labels, such as {@code jobs_total{event="created"}}. */
  public String series() {
    return labels.isEmpty()
        ? name
        : labels.entrySet().stream()
            .map(label -> label.getKey() + "=\"" + escaped(label.getValue()) + "\"")
            .collect(Collectors.joining(",", name + "{", "}"));
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  boolean has(String label) {
    return labels.containsKey(label);
  }

  Map<String, String> labelsWithout(String label) {
    if (!has(label)) {
      return labels;
    }
    Map<String, String> others = new LinkedHashMap<>(labels);
    others.remove(label);
    return others;
  }

  boolean isCount() {
    return value >= 0 && value == Math.rint(value) && !Double.isInfinite(value);
  }

  MalformedPage malformed(String reason) {
    return new MalformedPage(line, name + ": " + reason);
  }
}
