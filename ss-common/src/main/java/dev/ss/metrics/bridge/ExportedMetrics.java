package dev.ss.metrics.bridge;

import com.codahale.metrics.Metric;
import dev.ss.metrics.bridge.scrape.ScrapedFamily;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
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
   * Adds a series to its family.
   *
   * @throws IllegalArgumentException if the name is another family's or too like one, the series
   *     exists, or a label has a name that samples of this kind have for themselves
   */
  synchronized void add(FamilySpec<?> spec, Labels labels, Metric metric) {
    spec.kind()
        .ownLabel()
        .filter(labels::contains)
        .ifPresent(
            label -> {
              throw new IllegalArgumentException(
                  "%s cannot have a label %s: it is a %s"
                      .formatted(spec.name(), label, spec.kind()));
            });
    ExportedFamily family = families.get(spec.name());
    if (family == null) {
      family = new ExportedFamily(spec);
      claim(spec);
      families.put(spec.name(), family);
    } else if (family.spec().kind() != spec.kind()) {
      throw new IllegalArgumentException(
          "%s is already a %s".formatted(spec.name(), family.spec().kind()));
    }
    if (!family.add(labels, metric)) {
      throw new IllegalArgumentException("%s%s exists already".formatted(spec.name(), labels));
    }
  }

  /** Keeps a name for a family that has no series yet. */
  synchronized void reserve(FamilySpec<?> spec) {
    claim(spec);
    families.put(spec.name(), new ExportedFamily(spec));
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

  /** Removes a series, and its family with the last one. */
  synchronized void remove(FamilySpec<?> spec, Labels labels) {
    ExportedFamily family = families.get(spec.name());
    if (family != null) {
      family.remove(labels);
      if (family.isEmpty()) {
        families.remove(spec.name());
        claims.values().removeIf(spec.name()::equals);
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
