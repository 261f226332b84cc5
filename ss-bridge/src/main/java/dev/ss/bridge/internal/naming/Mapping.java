package dev.ss.bridge.internal.naming;

import io.prometheus.metrics.model.snapshots.PrometheusNaming;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Names the metrics that match a glob, in which each {@code *} stands for part of one dot-separated
 * segment. The name and the labels may quote the text that the stars stood for as <code>${0}</code>
 * , <code>${1}</code>, ….
 */
public final class Mapping {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");
  private static final Set<String> RESERVED_LABELS = Set.of("le", "quantile");

  private static final String COUNTER = "counter";
  private static final String KINDS =
      Arrays.stream(MetricKind.values()).map(MetricKind::text).collect(Collectors.joining(", "));

  private final String match;
  private final Pattern pattern;
  private final String name;
  private final SortedMap<String, String> labels;
  private final Optional<MetricKind> kind;
  private final boolean asCounter;
  private final Optional<Unit> unit;
  private final Optional<String> help;

  private Mapping(
      String match,
      String name,
      Map<String, String> labels,
      Optional<MetricKind> kind,
      boolean asCounter,
      Optional<Unit> unit,
      Optional<String> help) {
    this.match = match;
    this.pattern = Globs.compile(match);
    this.name = name;
    this.labels = new TreeMap<>(labels);
    this.kind = kind;
    this.asCounter = asCounter;
    this.unit = unit;
    this.help = help;
  }

  /**
   * Checks and compiles a mapping.
   *
   * @param kind the kind of metrics it is for; null for all
   * @param type {@code counter} for a value that never falls; null for the metric's own type
   * @param unit the unit of the values; null if it is not known
   * @param help the HELP text; null for the names of the family's metrics
   * @throws IllegalArgumentException if the mapping is malformed; the message names the match
   */
  public static Mapping of(
      String match,
      String name,
      Map<String, String> labels,
      @Nullable String kind,
      @Nullable String type,
      @Nullable String unit,
      @Nullable String help) {
    if (match == null || name == null) {
      throw malformed(String.valueOf(match), "it needs a match and a name");
    }
    Optional<MetricKind> known = Optional.ofNullable(kind).flatMap(MetricKind::named);
    if (kind != null && known.isEmpty()) {
      throw malformed(match, "kind '" + kind + "' is none of " + KINDS);
    }
    if (type != null && !type.equals(COUNTER)) {
      throw malformed(match, "type '" + type + "' can only be " + COUNTER);
    }
    Optional<Unit> knownUnit = Optional.ofNullable(unit).flatMap(Unit::named);
    if (unit != null && knownUnit.isEmpty()) {
      throw malformed(match, "unit '" + unit + "' is no word in lower case");
    }
    Mapping mapping =
        new Mapping(
            match,
            underscored(name),
            labels,
            known,
            type != null,
            knownUnit,
            Optional.ofNullable(help));
    mapping.check();
    return mapping;
  }

  /** The Java client's own bridge accepts dotted names, and escapes them in this way. */
  private static String underscored(String name) {
    return name.replace('.', '_');
  }

  private void check() {
    if (Arrays.asList(match.split("\\.", -1)).contains("")) {
      throw malformed(match, "a segment is empty");
    }
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
    int stars = Globs.stars(match);
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

  /** No two mappings may have the same key. */
  List<Object> key() {
    return List.of(match, kind);
  }

  /**
   * The family's HELP: the mapping's own help if it has one, else the earlier text and the match.
   */
  String describe(String before) {
    return help.orElseGet(
        () -> before.isEmpty() ? "Dropwizard metrics " + match : before + ", " + match);
  }

  Set<String> labelNames() {
    return labels.keySet();
  }

  Optional<MappedName> apply(String metric, MetricKind metricKind, String description) {
    Matcher matcher = pattern.matcher(metric);
    if (!matcher.matches() || kind.filter(own -> own != metricKind).isPresent()) {
      return Optional.empty();
    }
    SortedMap<String, String> values = new TreeMap<>();
    labels.forEach((label, template) -> values.put(label, fill(template, matcher)));
    String family = PrometheusNames.snakeCase(fill(name, matcher));
    return Optional.of(new MappedName(family, values, asCounter, unit, description));
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
