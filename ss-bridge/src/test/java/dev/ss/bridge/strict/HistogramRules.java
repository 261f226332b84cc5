package dev.ss.bridge.strict;

import java.util.List;
import java.util.Optional;

/** Checks the samples of one histogram. */
final class HistogramRules {
  private final Dialect dialect;
  private final Family family;
  private final List<Sample> samples;

  HistogramRules(Dialect dialect, Family family, List<Sample> samples) {
    this.dialect = dialect;
    this.family = family;
    this.samples = samples;
  }

  void histogram() {
    boolean isSumAllowed = buckets("_count") >= 0;
    countAndSum("_count", "_sum");
    sample("_sum")
        .ifPresent(
            sum -> {
              if (!isSumAllowed) {
                throw sum.malformed("a sum of values that may be below zero");
              }
              FamilyRules.requireNotNegative(sum);
            });
  }

  void gaugeHistogram() {
    boolean mayBeNegative = buckets("_gcount") < 0;
    countAndSum("_gcount", "_gsum");
    sample("_gsum")
        .filter(sum -> Double.isNaN(sum.value()) || (sum.value() < 0 && !mayBeNegative))
        .ifPresent(
            sum -> {
              throw sum.malformed("no sum of these values: " + sum.value());
            });
  }

  /** Checks the buckets, and that the count equals the last bucket; returns the lowest bound. */
  private double buckets(String countEnding) {
    double lowest = Double.NaN;
    double bound = Double.NEGATIVE_INFINITY;
    double count = 0;
    for (Sample sample : samples) {
      if (!sample.name().equals(family.name() + "_bucket")) {
        requireNoBound(sample);
        continue;
      }
      double next = bound(sample);
      if (!(next > bound)) {
        throw sample.malformed("bounds that do not rise");
      }
      bound = next;
      count = count(sample, count, bound);
      lowest = Double.isNaN(lowest) ? bound : lowest;
    }
    if (bound != Double.POSITIVE_INFINITY) {
      throw family.malformed("a histogram without a bucket for +Inf");
    }
    requireCount(countEnding, count);
    return lowest;
  }

  private static void requireNoBound(Sample sample) {
    if (sample.has("le")) {
      throw sample.malformed("a bound where none is allowed");
    }
  }

  private static double bound(Sample bucket) {
    return Line.number(bucket.labels().getOrDefault("le", ""))
        .filter(bound -> !Double.isNaN(bound))
        .orElseThrow(() -> bucket.malformed("a bucket without a bound"));
  }

  private static double count(Sample bucket, double before, double bound) {
    if (!bucket.isCount()) {
      throw bucket.malformed("no count: " + bucket.value());
    }
    if (bucket.value() < before) {
      throw bucket.malformed("less than in the bucket before it");
    }
    if (bucket.exemplar().filter(exemplar -> exemplar.value() > bound).isPresent()) {
      throw bucket.malformed("an exemplar above its bucket");
    }
    return bucket.value();
  }

  private void requireCount(String ending, double expected) {
    sample(ending)
        .filter(count -> count.value() != expected)
        .ifPresent(
            count -> {
              throw count.malformed("not what the bucket for +Inf has");
            });
  }

  private void countAndSum(String count, String sum) {
    boolean isNeeded = dialect == Dialect.TEXT || sample(sum).isPresent();
    if (sample(count).isPresent() != isNeeded || (isNeeded && sample(sum).isEmpty())) {
      throw family.malformed("a histogram has both its count and its sum, or neither");
    }
  }

  private Optional<Sample> sample(String ending) {
    return samples.stream()
        .filter(sample -> sample.name().equals(family.name() + ending))
        .findFirst();
  }
}
