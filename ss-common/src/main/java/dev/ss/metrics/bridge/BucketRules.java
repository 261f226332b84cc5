package dev.ss.metrics.bridge;

import dev.ss.metrics.bridge.histogram.Buckets;
import dev.ss.metrics.bridge.naming.Globs;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which buckets the timers and histograms of others get; the first rule that matches decides. */
public final class BucketRules {
  private final List<Rule> rules;

  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  private record Rule(Pattern metrics, double[] upperBounds) {}

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
   * @throws IllegalArgumentException if the bounds are not positive and increasing
   */
  public BucketRules and(String glob, double... upperBounds) {
    Buckets.ofSeconds(upperBounds); // or a timer that nobody has asked for yet would fail
    return new BucketRules(
        Stream.concat(rules.stream(), Stream.of(new Rule(Globs.compile(glob), upperBounds.clone())))
            .toList());
  }

  Buckets ofTimer(String metric) {
    return bounds(metric).map(Buckets::ofSeconds).orElse(Buckets.LATENCY);
  }

  Buckets ofHistogram(String metric) {
    return bounds(metric).map(Buckets::ofUnits).orElse(Buckets.SIZES);
  }

  private Optional<double[]> bounds(String metric) {
    return rules.stream()
        .filter(rule -> rule.metrics().matcher(metric).matches())
        .map(Rule::upperBounds)
        .findFirst();
  }
}
