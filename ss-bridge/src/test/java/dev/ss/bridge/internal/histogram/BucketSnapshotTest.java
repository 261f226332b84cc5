package dev.ss.bridge.internal.histogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.codahale.metrics.Snapshot;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Codahale's view of the buckets, against the exact numbers. */
class BucketSnapshotTest {
  /** Half a native bucket on a logarithmic scale, 2^(1/16) - 1. */
  private static final Percentage BOUND = Percentage.withPercentage(4.5);

  private static final double[] QUANTILES = {0, .01, .25, .5, .75, .9, .95, .99, .999, 1};

  static Stream<Named<long[]>> samples() {
    return Stream.of(
        Named.of("log-normal around 20 ms", logNormal(20_000_000, 1.2).limit(20_000).toArray()),
        Named.of(
            "bimodal: 2 ms from a cache and 800 ms without",
            LongStream.concat(
                    logNormal(2_000_000, .3).limit(9_000), logNormal(800_000_000, .2).limit(1_000))
                .toArray()),
        Named.of("constant", LongStream.generate(() -> 123_456_789).limit(1_000).toArray()),
        Named.of("a single value", new long[] {5_000_000}),
        Named.of("a single nanosecond", new long[] {1}),
        Named.of("hours", new long[] {3_600_000_000_000L, 7_200_000_000_000L}),
        Named.of("with zeros", new long[] {0, 0, 0, 1_000, 2_000_000}));
  }

  private static LongStream logNormal(double median, double sigma) {
    Random random = new Random(42);
    return LongStream.generate(() -> (long) (median * Math.exp(sigma * random.nextGaussian())));
  }

  private static BucketHistogram filledWith(long... values) {
    BucketHistogram histogram = new BucketHistogram(Layouts.LATENCY);
    Arrays.stream(values).forEach(histogram::update);
    return histogram;
  }

  @ParameterizedTest
  @MethodSource("samples")
  void quantilesAreNearTheExactOnes(long[] sample) {
    Snapshot snapshot = filledWith(sample).getSnapshot();
    long[] sorted = Arrays.stream(sample).sorted().toArray();

    for (double quantile : QUANTILES) {
      int rank = Math.max(1, (int) Math.ceil(quantile * sorted.length));
      double exact = sorted[rank - 1];
      assertThat(snapshot.getValue(quantile)).as("quantile %s", quantile).isCloseTo(exact, BOUND);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theMeanAndTheCountAreExact(long[] sample) {
    BucketHistogram histogram = filledWith(sample);

    assertThat(histogram.getCount()).isEqualTo(sample.length);
    assertThat(histogram.getSnapshot().getMean())
        .isCloseTo(Arrays.stream(sample).average().orElseThrow(), within(1e-3));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theLeastAndTheGreatestAreNearTheExactOnes(long[] sample) {
    Snapshot snapshot = filledWith(sample).getSnapshot();

    assertThat(snapshot.getMin()).isCloseTo(Arrays.stream(sample).min().orElseThrow(), BOUND);
    assertThat(snapshot.getMax()).isCloseTo(Arrays.stream(sample).max().orElseThrow(), BOUND);
  }

  /**
   * Each value is off by up to 4.5 % of itself, so the deviation is by that much of the largest.
   */
  @ParameterizedTest
  @MethodSource("samples")
  void theDeviationIsNearTheExactOne(long[] sample) {
    double mean = Arrays.stream(sample).average().orElseThrow();
    double squares = Arrays.stream(sample).mapToDouble(value -> Math.pow(value - mean, 2)).sum();
    double exact = sample.length < 2 ? 0 : Math.sqrt(squares / (sample.length - 1));

    double greatest = Arrays.stream(sample).max().orElseThrow();
    assertThat(filledWith(sample).getSnapshot().getStdDev())
        .isCloseTo(exact, within(.045 * Math.max(greatest, 1)));
  }

  @Test
  void withoutValuesEverythingIsZero() {
    Snapshot snapshot = filledWith().getSnapshot();

    assertThat(snapshot.size()).isZero();
    assertThat(snapshot.getValues()).isEmpty();
    assertThat(
            new double[] {
              snapshot.getMedian(),
              snapshot.get999thPercentile(),
              snapshot.getMean(),
              snapshot.getMin(),
              snapshot.getMax(),
              snapshot.getStdDev()
            })
        .containsOnly(0);
  }

  @Test
  void whatIsNoQuantileIsRefused() {
    Snapshot snapshot = filledWith(1).getSnapshot();

    for (double quantile : new double[] {-.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> snapshot.getValue(quantile))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aDumpHasALineForEachBucketWithValues() {
    ByteArrayOutputStream dump = new ByteArrayOutputStream();

    filledWith(0, 1_000_000, 1_000_000, 9_000_000).getSnapshot().dump(dump);

    assertThat(dump.toString(StandardCharsets.UTF_8).lines()).hasSize(3).startsWith("0");
  }

  @Test
  void aSnapshotStaysWhatItWas() {
    BucketHistogram histogram = filledWith(1_000_000);
    Snapshot snapshot = histogram.getSnapshot();

    histogram.update(9_000_000_000L);

    assertThat(snapshot.size()).isEqualTo(1);
  }
}
