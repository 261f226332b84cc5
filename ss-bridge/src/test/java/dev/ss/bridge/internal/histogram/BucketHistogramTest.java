package dev.ss.bridge.internal.histogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.ss.testkit.unit.Together;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketHistogramTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String OTHER_TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final int VALUES = 200_000;

  private final BucketHistogram histogram = new BucketHistogram(new BucketLayout(1, 10, 100));

  @Test
  void whatIsBelowZeroCountsAsZero() {
    histogram.update(-5);

    assertThat(Points.cumulative(histogram)).containsExactly(1, 1, 1);
    assertThat(Points.of(histogram).getNativeZeroCount()).isEqualTo(1);
    assertThat(Points.of(histogram).getSum()).isZero();
  }

  @Test
  void aBoundBetweenTwoWholeNumbersKeepsTheUpperOneOut() {
    BucketHistogram halves = new BucketHistogram(new BucketLayout(1, .5, 2.5, 2.7));

    for (int value = 0; value <= 3; value++) {
      halves.update(value);
    }

    assertThat(Points.cumulative(halves)).containsExactly(1, 3, 3, 4);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 10, Double.NaN, Double.POSITIVE_INFINITY})
  void boundsArePositiveAndFiniteAndIncrease(double second) {
    assertThatThrownBy(() -> new BucketLayout(1, 10, second))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[10.0, " + second + "]");
  }

  @Test
  void boundsBelowOneAreForZeroAlone() {
    BucketHistogram fractions = new BucketHistogram(new BucketLayout(1, .1, .5, 1));

    fractions.update(0);
    fractions.update(1);

    assertThat(Points.cumulative(fractions)).containsExactly(1L, 1L, 2L, 2L);
  }

  @Test
  void eachValueIsCountedHoweverManyThreadsMeet() throws Exception {
    int each = 200_000;
    Together.inThreads(
        8,
        () -> {
          for (int i = 1; i <= each; i++) {
            histogram.update(i % 50);
          }
          return null;
        });

    assertThat(histogram.getCount()).isEqualTo(8L * each);
    assertThat(Points.cumulative(histogram)).containsExactly(8 * 44_000L, 8L * each, 8L * each);
    assertThat(Points.recordedSum(histogram)).isEqualTo(8.0 * each / 50 * (49 * 50 / 2));
  }

  @Test
  void eachClassicBucketKeepsItsLastExemplar() {
    update(3, TRACE, 1000);
    update(50, TRACE, 2000);
    update(7, OTHER_TRACE, 3000);

    assertThat(exemplars())
        .extracting(Exemplar::getValue, BucketHistogramTest::trace, Exemplar::getTimestampMillis)
        .containsExactly(tuple(7.0, OTHER_TRACE, 3000L), tuple(50.0, TRACE, 2000L));
  }

  /** OpenMetrics allows 128 characters of names and values; a strict scraper refuses the page. */
  @Test
  void anExemplarThatIsTooLongIsNotKept() {
    update(50, TRACE, 2000);
    update(50, "x".repeat(121), 2000);
    assertThat(exemplars()).extracting(BucketHistogramTest::trace).containsExactly(TRACE);

    histogram.exemplar(50, "x".repeat(56), Optional.of("y".repeat(58)), 2000);
    assertThat(exemplars()).extracting(BucketHistogramTest::trace).containsExactly(TRACE);

    histogram.exemplar(50, "\uD83D\uDE00".repeat(120), Optional.empty(), 2000);
    assertThat(exemplars()).extracting(BucketHistogramTest::trace).doesNotContain(TRACE);
  }

  @Test
  void withoutATraceThereIsNoExemplar() {
    histogram.update(3);
    update(50, TRACE, 2000);
    histogram.update(51);

    assertThat(exemplars()).extracting(Exemplar::getValue).containsExactly(50.0);
  }

  @Test
  void aValueWithAnExemplarIsCountedOnce() {
    update(50, TRACE, 2000);

    assertThat(histogram.getCount()).isEqualTo(1);
    assertThat(Points.cumulative(histogram)).containsExactly(0, 1, 1);
  }

  private void update(long value, String traceId, long unixMillis) {
    histogram.update(value);
    histogram.exemplar(value, traceId, Optional.empty(), unixMillis);
  }

  private static String trace(Exemplar exemplar) {
    return exemplar.getLabels().get("trace_id");
  }

  private List<Exemplar> exemplars() {
    return StreamSupport.stream(Points.of(histogram).getExemplars().spliterator(), false).toList();
  }

  @Test
  void readingsAgreeWithThemselvesAndNeverFallWhileOthersRecord() throws Exception {
    ExecutorService recorders = Executors.newFixedThreadPool(2);
    List<Future<?>> recording = new ArrayList<>();
    try {
      for (int i = 0; i < 2; i++) {
        recording.add(recorders.submit(this::record));
      }
      readUntilDone(recording);
    } finally {
      recorders.shutdownNow();
    }

    assertThat(Points.cumulative(histogram)).endsWith(2 * VALUES);
    assertThat(Points.recordedSum(histogram)).isEqualTo(2.0 * VALUES * (VALUES - 1) / 2);
  }

  private void record() {
    for (int value = 0; value < VALUES; value++) {
      histogram.update(value);
    }
  }

  private void readUntilDone(List<Future<?>> recording) throws Exception {
    long[] before = Points.cumulative(histogram);
    while (!recording.stream().allMatch(Future::isDone)) {
      HistogramDataPointSnapshot point = Points.of(histogram);
      long[] now = Points.cumulative(point);
      for (int i = 0; i < now.length; i++) {
        assertThat(now[i]).isGreaterThanOrEqualTo(before[i]);
      }
      assertThat(point.getCount())
          .isEqualTo(now[now.length - 1])
          .isEqualTo(Points.nativeCount(point));
      before = now;
    }
    for (Future<?> each : recording) {
      each.get();
    }
  }
}
