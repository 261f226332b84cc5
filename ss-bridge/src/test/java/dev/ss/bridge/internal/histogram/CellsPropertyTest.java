package dev.ss.bridge.internal.histogram;

import static java.math.BigInteger.ZERO;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.assertj.core.data.Offset;

/** A value falls into the one cell that is in its classic and in its native bucket. */
class CellsPropertyTest {
  /** Bounds as an operator writes them, and values that crowd around them. */
  record Division(BucketLayout buckets, List<BigDecimal> recordedBounds, List<Long> values) {}

  @Provide
  Arbitrary<Division> divisionsOfSeconds() {
    return bounds(1, 100_000_000_000_000L)
        .flatMap(
            nanos -> {
              double[] seconds = nanos.stream().mapToDouble(bound -> bound / 1e9).toArray();
              List<BigDecimal> bounds = nanos.stream().map(BigDecimal::valueOf).toList();
              return values(nanos)
                  .map(values -> new Division(new BucketLayout(1e9, seconds), bounds, values));
            });
  }

  /** In halves: a bound need not be a whole number although the values are. */
  @Provide
  Arbitrary<Division> divisionsOfUnits() {
    return bounds(1, 1L << 40)
        .flatMap(
            halves -> {
              double[] units = halves.stream().mapToDouble(bound -> bound / 2.0).toArray();
              List<BigDecimal> bounds = Arrays.stream(units).mapToObj(BigDecimal::new).toList();
              return values(halves.stream().map(bound -> bound / 2).toList())
                  .map(values -> new Division(new BucketLayout(1, units), bounds, values));
            });
  }

  private static Arbitrary<List<Long>> bounds(long min, long max) {
    return Arbitraries.longs()
        .between(min, max)
        .list()
        .ofMinSize(1)
        .ofMaxSize(12)
        .uniqueElements()
        .map(bounds -> bounds.stream().sorted().toList());
  }

  private static Arbitrary<List<Long>> values(List<Long> bounds) {
    Arbitrary<Long> near =
        Combinators.combine(Arbitraries.of(bounds), Arbitraries.longs().between(-1, 1))
            .as(Long::sum);
    return Arbitraries.oneOf(near, Arbitraries.longs().between(0, Long.MAX_VALUE >> 10))
        .list()
        .ofMaxSize(40);
  }

  @Property
  void classicCountsAreThoseOfBruteForceForSeconds(
      @ForAll("divisionsOfSeconds") Division division) {
    assertClassicCounts(division);
  }

  @Property
  void classicCountsAreThoseOfBruteForceForUnits(@ForAll("divisionsOfUnits") Division division) {
    assertClassicCounts(division);
  }

  private static void assertClassicCounts(Division division) {
    BucketHistogram histogram = new BucketHistogram(division.buckets());
    division.values().forEach(histogram::update);

    long[] cumulative = Points.cumulative(histogram);
    for (int i = 0; i < division.recordedBounds().size(); i++) {
      BigDecimal bound = division.recordedBounds().get(i);
      assertThat(cumulative[i])
          .as("values up to and including %s", bound)
          .isEqualTo(
              division.values().stream()
                  .filter(value -> BigDecimal.valueOf(value).compareTo(bound) <= 0)
                  .count());
    }
    assertThat(cumulative[cumulative.length - 1]).isEqualTo(division.values().size());
  }

  @Property
  void everyReadingAgreesOnHowManyValuesThereAre(@ForAll("divisionsOfSeconds") Division division) {
    BucketHistogram histogram = new BucketHistogram(division.buckets());
    division.values().forEach(histogram::update);

    int values = division.values().size();
    assertThat(Points.of(histogram).getCount()).isEqualTo(values);
    assertThat(Points.nativeCount(histogram)).isEqualTo(values);
    assertThat(histogram.getCount()).isEqualTo(values);
  }

  @Property
  void theSumIsExactHoweverGreatTheValues(@ForAll List<@LongRange(min = 0) Long> values) {
    BucketHistogram histogram = new BucketHistogram(Layouts.LATENCY);
    values.forEach(histogram::update);

    BigInteger sum = values.stream().map(BigInteger::valueOf).reduce(ZERO, BigInteger::add);
    assertThat(Points.recordedSum(histogram))
        .isCloseTo(sum.doubleValue(), Offset.offset(2 * Math.ulp(sum.doubleValue())));
    assertThat(histogram.getSnapshot().getMin()).isEqualTo(min(values));
    assertThat(histogram.getSnapshot().getMax()).isEqualTo(max(values));
  }

  @Property
  void snapshotsAreOfNegativeValuesToo(
      @ForAll List<@LongRange(min = -1000, max = 1000) Long> values) {
    BucketHistogram histogram = new BucketHistogram(Layouts.SIZES);
    values.forEach(histogram::update);

    assertThat(histogram.getSnapshot().getMean())
        .isCloseTo(values.stream().mapToLong(x -> x).average().orElse(0), Offset.offset(1e-6));
    assertThat(histogram.getSnapshot().getMin()).isEqualTo(min(values));
    assertThat(histogram.getSnapshot().getMax()).isEqualTo(max(values));
    assertThat(histogram.getSnapshot().getMedian())
        .isBetween((double) min(values), (double) max(values));
  }

  private static long min(List<Long> values) {
    return values.isEmpty() ? 0 : Collections.min(values);
  }

  private static long max(List<Long> values) {
    return values.isEmpty() ? 0 : Collections.max(values);
  }

  @Property
  void everyNumberHasOneCellAndTheCellsRiseWithTheNumbers(
      @ForAll @LongRange(min = 1) long one, @ForAll @LongRange(min = 1) long other) {
    for (BucketLayout buckets : List.of(Layouts.LATENCY, Layouts.SIZES)) {
      int lower = buckets.cellOf(Math.min(one, other));
      int upper = buckets.cellOf(Math.max(one, other));
      assertThat(lower).isNotNegative().isLessThanOrEqualTo(upper);
      assertThat(upper).isLessThan(buckets.cells());
    }
  }

  @Property
  void aNumberIsInTheNativeBucketOfItsCell(@ForAll @LongRange(min = 1) long recorded) {
    for (BucketLayout buckets : List.of(Layouts.LATENCY, Layouts.SIZES)) {
      assertThat(buckets.nativeOf(buckets.cellOf(recorded)))
          .isEqualTo(NativeBuckets.indexOf(buckets.exported((double) recorded)));
    }
  }

  /** Raised to the power of eight, the bounds are powers of two, which a decimal holds exactly. */
  @Property
  void aNativeBucketHoldsWhatIsAboveTheOneBeforeUpToItsBound(
      @ForAll @LongRange(min = 1) long nanos) {
    double seconds = nanos / 1e9;

    int index = NativeBuckets.indexOf(seconds);

    BigDecimal power = new BigDecimal(seconds).pow(8);
    assertThat(power).isGreaterThan(powerOfTwo(index - 1)).isLessThanOrEqualTo(powerOfTwo(index));
  }

  private static BigDecimal powerOfTwo(int exponent) {
    BigDecimal power = BigDecimal.valueOf(2).pow(Math.abs(exponent));
    return exponent < 0 ? BigDecimal.valueOf(0.5).pow(-exponent) : power;
  }

  @Property
  void aPowerOfTwoIsTheLastOfItsNativeBucket(@ForAll @IntRange(min = -30, max = 33) int exponent) {
    double bound = Math.scalb(1.0, exponent);

    assertThat(NativeBuckets.indexOf(bound)).isEqualTo(8 * exponent);
    assertThat(NativeBuckets.indexOf(Math.nextUp(bound))).isEqualTo(8 * exponent + 1);
    assertThat(NativeBuckets.upperBound(8 * exponent)).isEqualTo(bound);
  }

  @Example
  void theFirstAndTheLastNumberThereAreHaveACellToo() {
    BucketHistogram histogram = new BucketHistogram(Layouts.LATENCY);

    LongStream.of(0, 1, Long.MAX_VALUE).forEach(histogram::update);

    assertThat(Points.cumulative(histogram)).startsWith(2L).endsWith(2L, 3L);
    assertThat(Points.nativeCount(histogram)).isEqualTo(3);
  }
}
