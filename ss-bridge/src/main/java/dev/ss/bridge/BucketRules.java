package dev.ss.bridge;

import dev.ss.bridge.internal.naming.Globs;
import dev.ss.bridge.internal.naming.Unit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which buckets the timers and histograms of others get; the first rule that matches decides. */
public final class BucketRules {
  private final List<Rule> rules;

  @SuppressWarnings("ArrayRecordComponent") // read, never compared
  private record Rule(Pattern metrics, Buckets ofTimers, double... bounds) {}

  private BucketRules(List<Rule> rules) {
    this.rules = rules;
  }

  /** Only the defaults: {@link Buckets#LATENCY} and {@link Buckets#SIZES}. */
  public static BucketRules none() {
    return new BucketRules(List.of());
  }

  /**
   * These rules and one more after them: for metrics that match the glob.
   *
   * @throws IllegalArgumentException which names the glob, if these are no bounds of buckets
   */
  public BucketRules and(String glob, double... upperBounds) {
    return new BucketRules(
        Stream.concat(rules.stream(), Stream.of(rule(glob, upperBounds))).toList());
  }

  private static Rule rule(String glob, double... upperBounds) {
    try {
      return new Rule(Globs.compile(glob), Buckets.ofSeconds(upperBounds), upperBounds.clone());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "metrics.buckets, match '" + glob + "': " + e.getMessage(), e);
    }
  }

  Buckets ofTimer(String metric) {
    return rule(metric).map(Rule::ofTimers).orElse(Buckets.LATENCY);
  }

  /** The buckets of a histogram, whose bounds are in the base of its unit if that is known. */
  Buckets ofHistogram(String metric, Optional<Unit> unit) {
    double perBase = unit.map(Unit::perBase).orElse(1.0);
    boolean isDuration = unit.filter(each -> each.base().equals(Unit.SECONDS)).isPresent();
    Buckets usual = isDuration ? Buckets.LATENCY : Buckets.SIZES;
    return rule(metric)
        .map(rule -> Buckets.of(perBase, rule.bounds()))
        .orElseGet(() -> usual.recordedIn(perBase));
  }

  private Optional<Rule> rule(String metric) {
    return rules.stream().filter(rule -> rule.metrics().matcher(metric).matches()).findFirst();
  }
}
