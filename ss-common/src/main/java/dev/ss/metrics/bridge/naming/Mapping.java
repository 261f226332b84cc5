package dev.ss.metrics.bridge.naming;

import io.prometheus.metrics.instrumentation.dropwizard5.labels.MapperConfig;
import io.prometheus.metrics.model.snapshots.PrometheusNaming;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One entry of {@code metrics.mappings}, in the form of the Java client's {@link MapperConfig}: a
 * glob in which each {@code *} stands for part of one dot-separated segment, a name, and labels.
 * Both may quote what the stars stood for as <code>${0}</code>, <code>${1}</code>, ….
 */
final class Mapping {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");
  private static final Set<String> RESERVED_LABELS = Set.of("le", "quantile");

  private final String match;
  private final Pattern pattern;
  private final String name;
  private final SortedMap<String, String> labels;

  private Mapping(String match, String name, Map<String, String> labels) {
    this.match = match;
    this.pattern = Globs.compile(match);
    this.name = name;
    this.labels = new TreeMap<>(labels);
  }

  /**
   * Checks and compiles an entry.
   *
   * @throws IllegalArgumentException which names the entry, if it is malformed
   */
  static Mapping of(MapperConfig config) {
    if (config == null || config.getMatch() == null || config.getName() == null) {
      String match = config == null ? null : config.getMatch();
      throw malformed(String.valueOf(match), "it needs a match and a name");
    }
    Map<String, String> labels = config.getLabels() == null ? Map.of() : config.getLabels();
    Mapping mapping = new Mapping(config.getMatch(), config.getName(), labels);
    mapping.check();
    return mapping;
  }

  private void check() {
    String plain = PLACEHOLDER.matcher(name).replaceAll("x");
    if (!PrometheusNaming.isValidLegacyMetricName(plain)) {
      throw malformed(match, "'" + name + "' is no metric name");
    }
    for (String label : labels.keySet()) {
      if (!PrometheusNaming.isValidLegacyLabelName(label)
          || label.startsWith("__")
          || RESERVED_LABELS.contains(label)) {
        throw malformed(match, "'" + label + "' is no label name");
      }
    }
    int stars = (int) match.chars().filter(c -> c == '*').count();
    checkPlaceholders(name, stars);
    labels.values().forEach(template -> checkPlaceholders(template, stars));
  }

  private void checkPlaceholders(String template, int stars) {
    Matcher placeholder = PLACEHOLDER.matcher(template);
    while (placeholder.find()) {
      String index = placeholder.group(1);
      if (!index.matches("[0-9]{1,3}") || Integer.parseInt(index) >= stars) {
        throw malformed(match, "${" + index + "} stands for none of its " + stars + " stars");
      }
    }
  }

  private static IllegalArgumentException malformed(String match, String reason) {
    return new IllegalArgumentException(
        "metrics.mappings, match '%s': %s".formatted(match, reason));
  }

  String match() {
    return match;
  }

  String name() {
    return name;
  }

  Set<String> labelNames() {
    return labels.keySet();
  }

  Optional<Target> apply(String metric, String help) {
    Matcher matcher = pattern.matcher(metric);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    SortedMap<String, String> values = new TreeMap<>();
    labels.forEach((label, template) -> values.put(label, fill(template, matcher)));
    String family = Names.snakeCase(fill(name, matcher));
    return Optional.of(new Target(family, values, help));
  }

  private static String fill(String template, Matcher matcher) {
    return PLACEHOLDER
        .matcher(template)
        .replaceAll(
            placeholder ->
                Matcher.quoteReplacement(
                    matcher.group(Integer.parseInt(placeholder.group(1)) + 1)));
  }
}
