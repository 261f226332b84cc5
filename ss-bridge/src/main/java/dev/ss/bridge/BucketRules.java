package dev.ss.bridge;

import dev.ss.bridge.internal.naming.Globs;
import dev.ss.bridge.internal.naming.Unit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Rules that set the buckets of the timers and histograms that others ask for. The first match
 * decides. Immutable.
 */
public final class BucketRules {
  private final List<Rule> rules;

  /** The buckets are for values that are recorded in the unit of the bounds. */
  private record Rule(Pattern metrics, Buckets buckets) {}

  private BucketRules(List<Rule> rules) {
    this.rules = rules;
  }

  /**
   * Returns no rules: all metrics have the defaults {@link Buckets#LATENCY} and {@link
   * Buckets#SIZES}.
   */
  public static BucketRules none() {
    return new BucketRules(List.of());
  }

  /**
   * Returns these rules followed by another one.
   *
   * @param glob the names of the metrics in the registry
   * @param upperBounds in seconds for timers, in the exported unit for histograms; positive, finite
   *     and rising
   * @throws IllegalArgumentException if the bounds are not; the message names the glob
   */
  public BucketRules and(String glob, double... upperBounds) {
    return new BucketRules(
        Stream.concat(rules.stream(), Stream.of(rule(glob, upperBounds))).toList());
  }

  private static Rule rule(String glob, double... upperBounds) {
    try {
      return new Rule(Globs.compile(glob), Buckets.ofUnits(upperBounds));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "metrics.buckets, match '" + glob + "': " + e.getMessage(), e);
    }
  }

  Buckets ofTimer(String metric) {
    return rule(metric).map(rule -> rule.buckets().ofNanos()).orElse(Buckets.LATENCY);
  }

  /**
   * Returns the buckets of a histogram. If its unit is known, the bounds are in that unit's base
   * unit.
   */
  Buckets ofHistogram(String metric, Optional<Unit> unit) {
    double perBase = unit.map(Unit::perBase).orElse(1.0);
    boolean isDuration = unit.filter(each -> each.base().equals(Unit.SECONDS)).isPresent();
    Buckets usual = isDuration ? Buckets.LATENCY : Buckets.SIZES;
    return rule(metric).map(Rule::buckets).orElse(usual).recordedIn(perBase);
  }

  private Optional<Rule> rule(String metric) {
    return rules.stream().filter(rule -> rule.metrics().matcher(metric).matches()).findFirst();
  }
}
