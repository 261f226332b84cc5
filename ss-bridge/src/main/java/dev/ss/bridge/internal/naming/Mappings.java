package dev.ss.bridge.internal.naming;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Chooses the names of metrics that others register: the first mapping that matches decides, else
 * the default rule. Immutable.
 */
public final class Mappings {
  /** Dropwizard's JVM gauges. The Java client's, which have standard names, replace them. */
  private static final List<String> ALWAYS_EXCLUDED = List.of("jvm.");

  private final List<Mapping> mappings;
  private final List<Pattern> excludes;

  /** The HELP of each mapped name. It does not depend on which metric of a family comes first. */
  private final Map<String, String> help = new HashMap<>();

  private Mappings(List<Mapping> mappings, List<Pattern> excludes) {
    this.mappings = mappings;
    mappings.forEach(
        mapping ->
            help.put(mapping.name(), mapping.describe(help.getOrDefault(mapping.name(), ""))));
    this.excludes = excludes;
  }

  /** Returns no mappings: all names follow the default rule. */
  public static Mappings none() {
    return new Mappings(List.of(), List.of());
  }

  /**
   * Returns these mappings, of which the first match decides.
   *
   * @param excludes globs of metrics not to export, unless a mapping matches them
   * @throws IllegalArgumentException if two mappings collide; the message names them
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

  /** Returns the exported name of a metric; empty if no mapping matches and it is excluded. */
  public Optional<MappedName> target(String metric, MetricKind kind) {
    Optional<MappedName> mapped =
        mappings.stream()
            .flatMap(mapping -> mapping.apply(metric, kind, help(mapping)).stream())
            .findFirst();
    return mapped.isPresent() || isExcluded(metric)
        ? mapped
        : Optional.of(MappedName.byRule(metric));
  }

  private String help(Mapping mapping) {
    return Objects.requireNonNull(help.get(mapping.name()));
  }

  private boolean isExcluded(String metric) {
    return ALWAYS_EXCLUDED.stream().anyMatch(metric::startsWith)
        || excludes.stream().anyMatch(glob -> glob.matcher(metric).matches());
  }
}
