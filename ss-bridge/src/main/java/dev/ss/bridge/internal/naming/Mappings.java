package dev.ss.bridge.internal.naming;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What becomes of foreign names: the first mapping that matches, else the rule. */
public final class Mappings {
  /** Dropwizard's gauges of the JVM; the Java client's own, with standard names, stand for them. */
  private static final List<String> ALWAYS_EXCLUDED = List.of("jvm.");

  private final List<Mapping> mappings;
  private final List<Pattern> excludes;

  /**
   * What is said of each mapped name. Whichever metric comes first into a family that several
   * mappings make, it is the same.
   */
  private final Map<String, String> help = new HashMap<>();

  private Mappings(List<Mapping> mappings, List<Pattern> excludes) {
    this.mappings = mappings;
    mappings.forEach(
        mapping ->
            help.put(mapping.name(), mapping.describe(help.getOrDefault(mapping.name(), ""))));
    this.excludes = excludes;
  }

  /** The rule alone. */
  public static Mappings none() {
    return new Mappings(List.of(), List.of());
  }

  /**
   * These mappings, of which the first that matches decides.
   *
   * @param excludes globs of metrics not to export, unless a mapping names them
   * @throws IllegalArgumentException which names the two mappings that collide
   */
  public static Mappings of(List<Mapping> mappings, List<String> excludes) {
    Set<List<Object>> keys = new HashSet<>();
    Map<String, Mapping> byName = new HashMap<>();
    for (Mapping mapping : mappings) {
      if (!keys.add(mapping.key())) {
        throw new IllegalArgumentException(
            "metrics.mappings, match '%s': there are two".formatted(mapping.match()));
      }
      Mapping other = byName.putIfAbsent(mapping.name(), mapping);
      if (other != null && !other.labelNames().equals(mapping.labelNames())) {
        throw new IllegalArgumentException(
            "metrics.mappings, match '%s': name %s has other labels than in match '%s'"
                .formatted(mapping.match(), mapping.name(), other.match()));
      }
    }
    return new Mappings(mappings, excludes.stream().map(Globs::compile).toList());
  }

  /** Where a metric of this name goes; nowhere if no mapping names it and it is excluded. */
  public Optional<MappedName> target(String metric, MetricKind kind) {
    Optional<MappedName> mapped =
        mappings.stream()
            .flatMap(mapping -> mapping.apply(metric, kind, help.get(mapping.name())).stream())
            .findFirst();
    return mapped.isPresent() || isExcluded(metric)
        ? mapped
        : Optional.of(MappedName.byRule(metric));
  }

  private boolean isExcluded(String metric) {
    return ALWAYS_EXCLUDED.stream().anyMatch(metric::startsWith)
        || excludes.stream().anyMatch(glob -> glob.matcher(metric).matches());
  }
}
