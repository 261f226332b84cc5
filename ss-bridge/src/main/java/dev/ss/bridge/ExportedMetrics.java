package dev.ss.bridge;

import com.codahale.metrics.Metric;
import dev.ss.bridge.ExportedFamily.Origin;
import dev.ss.bridge.internal.scrape.ScrapedFamily;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The families Prometheus sees, in the order of their names. Names are decided and clashes refused
 * when a metric is registered; a scrape only reads values.
 */
final class ExportedMetrics {
  private final ConcurrentSkipListMap<String, ExportedFamily> families =
      new ConcurrentSkipListMap<>();

  /** Which family each name belongs to that can stand in a scrape. */
  private final Map<String, String> claims = new ConcurrentHashMap<>();

  /**
   * Keeps a name for a family that the application declares, and that may have no series yet.
   *
   * @throws IllegalArgumentException if the name is another's or too like one, the family was
   *     declared as another kind or with other labels, or a label has a name that samples of this
   *     kind have for themselves
   */
  synchronized void declare(FamilySpec<?> spec, Set<String> labelNames) {
    family(spec, Origin.DECLARED, labelNames);
  }

  /**
   * Adds a series to a declared family.
   *
   * @throws IllegalArgumentException if the series exists
   */
  synchronized void add(FamilySpec<?> spec, Labels labels, Metric metric) {
    add(spec, Origin.DECLARED, labels, metric);
  }

  /**
   * Adds a series that others have registered.
   *
   * @throws IllegalArgumentException as {@link #declare} and {@link #add}, or if the application
   *     has declared a family of this name
   */
  synchronized void addForeign(FamilySpec<?> spec, Labels labels, Metric metric) {
    add(spec, Origin.FOREIGN, labels, metric);
  }

  private void add(FamilySpec<?> spec, Origin origin, Labels labels, Metric metric) {
    Set<String> names = labels.stream().map(Label::getName).collect(Collectors.toSet());
    if (!family(spec, origin, names).add(labels, metric)) {
      throw new IllegalArgumentException("%s%s exists already".formatted(spec.name(), labels));
    }
  }

  private ExportedFamily family(FamilySpec<?> spec, Origin origin, Set<String> labelNames) {
    ExportedFamily family = families.get(spec.name());
    if (family != null) {
      family.requireFitting(spec, origin, labelNames);
      return family;
    }
    spec.kind()
        .ownLabel()
        .filter(labelNames::contains)
        .ifPresent(
            label -> {
              throw new IllegalArgumentException(
                  "%s cannot have a label %s: it is a %s"
                      .formatted(spec.name(), label, spec.kind()));
            });
    claim(spec);
    ExportedFamily created = new ExportedFamily(spec, origin, labelNames);
    families.put(spec.name(), created);
    return created;
  }

  private void claim(FamilySpec<?> spec) {
    List<String> names = SampleNames.of(spec);
    for (String name : names) {
      String owner = claims.get(name);
      if (owner != null) {
        throw new IllegalArgumentException(
            "%s cannot be exported beside %s".formatted(spec.name(), owner));
      }
    }
    names.forEach(name -> claims.put(name, spec.name()));
  }

  /** Removes a series, and with the last one its family, unless that is a declared one. */
  synchronized void remove(FamilySpec<?> spec, Labels labels) {
    ExportedFamily family = families.get(spec.name());
    if (family != null) {
      family.remove(labels);
      if (family.isEmpty() && !family.isDeclared()) {
        families.remove(spec.name());
        SampleNames.of(spec).forEach(claims::remove);
      }
    }
  }

  /** Whether a name that can stand in a scrape is a family's here. */
  boolean isClaimed(String name) {
    return claims.containsKey(name);
  }

  /** The metrics somebody else's code gives the values of. */
  List<ReadMetric> toRead(Predicate<String> wanted) {
    return chosen(wanted).flatMap(ExportedFamily::toRead).toList();
  }

  /** The families there are now. */
  List<ScrapedFamily> families(Predicate<String> wanted, Readings readings) {
    return chosen(wanted).map(family -> family.with(readings)).toList();
  }

  private Stream<ExportedFamily> chosen(Predicate<String> wanted) {
    return families.values().stream().filter(family -> wanted.test(family.spec().name()));
  }
}
