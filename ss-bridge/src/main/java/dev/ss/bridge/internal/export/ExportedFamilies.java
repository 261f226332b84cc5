package dev.ss.bridge.internal.export;

import com.codahale.metrics.Metric;
import dev.ss.bridge.internal.export.ExportedFamily.Origin;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The families that Prometheus sees, in the order that a scrape has them in. Registration decides
 * the names and refuses clashes; a scrape only reads values. Thread-safe.
 */
public final class ExportedFamilies {
  private final boolean emptyHistograms;
  private final Map<String, ExportedFamily> families = new HashMap<>();

  /**
   * Sorted by the first scrape after a change, so that the cost of a change does not depend on
   * their number.
   */
  private volatile Optional<List<ExportedFamily>> inOrder = Optional.empty();

  /** The family that owns each name that may appear in a scrape. */
  private final Map<String, ExportedFamily> claims = new ConcurrentHashMap<>();

  /**
   * Makes a set without families.
   *
   * @param emptyHistograms whether histograms are in a scrape before their first value
   */
  public ExportedFamilies(boolean emptyHistograms) {
    this.emptyHistograms = emptyHistograms;
  }

  /**
   * Declares a family, which may have no series yet, and reserves its names.
   *
   * @throws IllegalArgumentException if another family has one of its sample names, the family was
   *     declared with another type or other labels, or a label has a name that samples of this type
   *     use themselves
   */
  public synchronized ExportedFamily declare(FamilyDefinition definition, Set<String> labelNames) {
    return family(definition, Origin.DECLARED, labelNames);
  }

  /**
   * Adds a series that others have registered, and returns its family.
   *
   * @throws IllegalArgumentException as {@link #declare}, or if the series exists or the
   *     application has declared a family of this name
   */
  synchronized ExportedFamily addForeign(
      FamilyDefinition definition, Labels labels, Metric metric) {
    Set<String> names = labels.stream().map(Label::getName).collect(Collectors.toSet());
    ExportedFamily family = family(definition, Origin.FOREIGN, names);
    family.add(labels, metric);
    return family;
  }

  private ExportedFamily family(
      FamilyDefinition definition, Origin origin, Set<String> labelNames) {
    ExportedFamily family = families.get(definition.name());
    if (family != null) {
      family.requireFitting(definition, origin, labelNames);
      return family;
    }
    definition
        .type()
        .ownLabel()
        .filter(labelNames::contains)
        .ifPresent(
            label -> {
              throw new IllegalArgumentException(
                  "%s cannot have a label %s: it is a %s"
                      .formatted(definition.name(), label, definition.type()));
            });
    ExportedFamily created = new ExportedFamily(definition, origin, labelNames, emptyHistograms);
    claim(created);
    families.put(definition.name(), created);
    inOrder = Optional.empty();
    return created;
  }

  private void claim(ExportedFamily family) {
    for (String name : family.sampleNames()) {
      ExportedFamily owner = claims.get(name);
      if (owner != null) {
        throw new IllegalArgumentException(
            "%s cannot be exported beside %s"
                .formatted(family.definition().name(), owner.definition().name()));
      }
    }
    family.sampleNames().forEach(name -> claims.put(name, family));
  }

  /** Removes a series that others have registered; removes its family with the last series. */
  synchronized void removeForeign(ExportedFamily family, Labels labels) {
    family.remove(labels);
    if (family.isEmpty()) {
      families.remove(family.definition().name());
      family.sampleNames().forEach(claims::remove);
      inOrder = Optional.empty();
    }
  }

  /** Whether a family here owns this name. */
  boolean isClaimed(String name) {
    return claims.containsKey(name);
  }

  /** Returns the metrics whose values come from code we do not trust. */
  List<ReadMetric> toRead(Predicate<String> wanted) {
    return chosen(wanted).flatMap(ExportedFamily::toRead).toList();
  }

  /** Returns the wanted families with their values. */
  List<ScrapedFamily> families(Predicate<String> wanted, Readings readings) {
    return chosen(wanted).map(family -> family.with(readings)).toList();
  }

  private Stream<ExportedFamily> chosen(Predicate<String> wanted) {
    return inOrder.orElseGet(this::sort).stream()
        .filter(family -> wanted.test(family.definition().name()));
  }

  private synchronized List<ExportedFamily> sort() {
    List<ExportedFamily> sorted =
        families.values().stream()
            .sorted(Comparator.comparing(family -> family.definition().modelName()))
            .toList();
    inOrder = Optional.of(sorted);
    return sorted;
  }
}
