package dev.ss.bridge.strict;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks a family's values by the rules of its type. */
final class FamilyRules {
  private static final String NO_LABEL = "";

  private final Dialect dialect;
  private final Family family;

  private FamilyRules(Dialect dialect, Family family) {
    this.dialect = dialect;
    this.family = family;
  }

  static void check(Dialect dialect, Family family) {
    new FamilyRules(dialect, family).check();
  }

  private void check() {
    switch (family.type()) {
      case "counter" -> metrics(NO_LABEL).forEach(this::counter);
      case "histogram" ->
          metrics("le").forEach(metric -> new HistogramRules(dialect, family, metric).histogram());
      case "gaugehistogram" ->
          metrics("le")
              .forEach(metric -> new HistogramRules(dialect, family, metric).gaugeHistogram());
      case "summary" -> metrics("quantile").forEach(this::summary);
      case "info" -> {
        requireNoUnit();
        metrics(NO_LABEL).forEach(FamilyRules::info);
      }
      case "stateset" -> {
        requireNoUnit();
        metrics(family.name()).forEach(this::states);
      }
      default -> metrics(NO_LABEL);
    }
  }

  /** Groups the samples by metric. */
  private Collection<List<Sample>> metrics(String ownLabel) {
    Map<Map<String, String>, List<Sample>> metrics = new LinkedHashMap<>();
    List<Sample> before = null;
    for (Sample sample : family.samples()) {
      List<Sample> metric =
          metrics.computeIfAbsent(sample.labelsWithout(ownLabel), labels -> new ArrayList<>());
      if (dialect == Dialect.OPEN_METRICS && metric != before && !metric.isEmpty()) {
        throw sample.malformed("samples of another metric stand between those of this one");
      }
      metric.add(sample);
      before = metric;
    }
    return metrics.values();
  }

  private void counter(List<Sample> samples) {
    String total = dialect == Dialect.TEXT ? family.name() : family.name() + "_total";
    if (samples.stream().noneMatch(sample -> sample.name().equals(total))) {
      throw samples.get(0).malformed("a counter without " + total);
    }
    samples.forEach(FamilyRules::requireNotNegative);
  }

  static void requireNotNegative(Sample sample) {
    if (!(sample.value() >= 0)) {
      throw sample.malformed("it counts, and cannot be " + sample.value());
    }
  }

  private void summary(List<Sample> samples) {
    boolean isEmpty =
        samples.stream()
            .anyMatch(sample -> sample.name().endsWith("_count") && sample.value() == 0);
    double before = Double.NEGATIVE_INFINITY;
    for (Sample sample : samples) {
      if (sample.name().equals(family.name())) {
        before = quantile(sample, before);
        if (isEmpty && !Double.isNaN(sample.value())) {
          throw sample.malformed("a quantile of no values");
        }
      } else if (sample.has("quantile")) {
        throw sample.malformed("a quantile where none is allowed");
      } else if (sample.name().endsWith("_count") && !sample.isCount()) {
        throw sample.malformed("no count: " + sample.value());
      } else {
        requireNotNegative(sample);
      }
    }
  }

  private double quantile(Sample sample, double before) {
    double quantile =
        Line.number(sample.labels().getOrDefault("quantile", ""))
            .filter(number -> number >= 0 && number <= 1)
            .orElseThrow(() -> sample.malformed("no quantile between 0 and 1"));
    if (dialect == Dialect.TEXT && quantile <= before) {
      throw sample.malformed("quantiles that do not rise");
    }
    if (sample.value() < 0) {
      throw sample.malformed("a quantile of values below zero");
    }
    return quantile;
  }

  private static void info(List<Sample> samples) {
    for (Sample sample : samples) {
      if (sample.value() != 1) {
        throw sample.malformed("an info that is not 1");
      }
    }
  }

  private void states(List<Sample> samples) {
    for (Sample sample : samples) {
      if (!sample.has(family.name())) {
        throw sample.malformed("a state without its name");
      }
      if (sample.value() != 0 && sample.value() != 1) {
        throw sample.malformed("a state that is neither 0 nor 1");
      }
    }
  }

  private void requireNoUnit() {
    if (!family.unit().isEmpty()) {
      throw family.malformed("a unit of what has none");
    }
  }
}
