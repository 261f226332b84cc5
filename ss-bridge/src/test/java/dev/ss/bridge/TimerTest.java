package dev.ss.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.Histogram;
import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.SlidingTimeWindowMovingAverages;
import com.codahale.metrics.SlidingWindowReservoir;
import com.codahale.metrics.Timer;
import dev.ss.testkit.exposition.Scrape;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every timer is a histogram, whoever asks for it and however it is updated. */
class TimerTest {
  private final BridgeRegistry registry = new BridgeRegistry();

  /** A way to record one value. */
  interface Recording {
    void into(Timer timer) throws Exception;
  }

  static Stream<Named<Recording>> waysToRecord() {
    return Stream.of(
        Named.of("update(long, unit)", timer -> timer.update(1, TimeUnit.MILLISECONDS)),
        Named.of("update(Duration)", timer -> timer.update(Duration.ofMillis(1))),
        Named.of("time(Callable)", timer -> timer.time(() -> "result")),
        Named.of("time(Runnable)", timer -> timer.time(() -> {})),
        Named.of("timeSupplier", timer -> timer.timeSupplier(() -> "result")),
        Named.of("time().stop()", timer -> timer.time().stop()),
        Named.of("time().close()", TimerTest::recordByClosing));
  }

  @SuppressWarnings("try") // the context is closed, not used
  private static void recordByClosing(Timer timer) {
    try (Timer.Context context = timer.time()) {
      // what is timed
    }
  }

  @ParameterizedTest
  @MethodSource("waysToRecord")
  void everyWayToRecordCountsOnceInTheBuckets(Recording recording) throws Exception {
    Timer timer = registry.timer("work");

    recording.into(timer);

    assertThat(Exposition.of(registry).value("work_seconds_count")).isEqualTo(1);
    assertThat(timer.getCount()).isEqualTo(1);
    assertThat(timer.getSnapshot().size()).isEqualTo(1);
  }

  @Test
  void aNegativeDurationIsNotCounted() {
    registry.timer("work").update(-1, TimeUnit.NANOSECONDS);

    assertThat(Exposition.of(registry).value("work_seconds_count")).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "0,           0.005",
    "4999999,     0.005",
    "5000000,     0.005",
    "5000001,     0.01",
    "250000000,   0.25",
    "250000001,   0.5",
    "10000000000, 10.0",
    "10000000001, +Inf"
  })
  void aBoundBelongsToItsBucket(long nanos, String le) {
    registry.timer("work").update(nanos, TimeUnit.NANOSECONDS);

    assertThat(firstBucketWithAValue()).isEqualTo("work_seconds_bucket{le=\"" + le + "\"}");
  }

  private String firstBucketWithAValue() {
    return Exposition.of(registry).samples().entrySet().stream()
        .filter(sample -> sample.getKey().contains("_bucket"))
        .filter(sample -> sample.getValue() > 0)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theSumIsInSeconds() {
    Timer timer = registry.timer("work");
    timer.update(Duration.ofMillis(250));
    timer.update(Duration.ofSeconds(4));

    assertThat(Exposition.of(registry).value("work_seconds_sum")).isEqualTo(4.25);
  }

  @Test
  void aRegistryMayLeaveOutHistogramsWithoutAValue() {
    try (BridgeRegistry sparse =
        new BridgeRegistry(BridgeSettings.defaults().withoutEmptyHistograms())) {
      sparse.timer("idle");
      sparse.histogram("empty");
      sparse.timer("work").update(0, TimeUnit.NANOSECONDS);
      sparse.meter("marks");

      Scrape scrape = Exposition.of(sparse);
      assertThat(scrape.value("work_seconds_count")).isEqualTo(1);
      assertThat(scrape.value("marks_total")).isZero();
      assertThat(scrape.samples().keySet()).noneMatch(name -> name.matches("(idle|empty).*"));
      assertThat(sparse.timer("idle").getCount()).isZero();
    }
  }

  static Stream<Named<Function<MetricRegistry, Timer>>> waysToAsk() {
    return Stream.of(
        Named.of("by name", registry -> registry.timer("work")),
        Named.of("by supplier", registry -> registry.timer("work", Timer::new)));
  }

  @ParameterizedTest
  @MethodSource("waysToAsk")
  void everyWayToAskForATimerGivesTheSameOneWithBuckets(Function<MetricRegistry, Timer> ask) {
    Timer timer = ask.apply(registry);

    timer.update(Duration.ofMillis(1));

    assertThat(Exposition.of(registry).type("work_seconds")).isEqualTo("histogram");
    assertThat(Exposition.of(registry).value("work_seconds_count")).isEqualTo(1);
    assertThat(registry.timer("work")).isSameAs(timer);
  }

  /** It may be a subclass for a reason. */
  @Test
  void aReservoirThatTheApplicationHasChosenGivesTheSnapshot() {
    Timer timer = registry.timer("ride", () -> new Timer(new SlidingWindowReservoir(2)));
    IntStream.rangeClosed(1, 5).forEach(s -> timer.update(s, TimeUnit.SECONDS));

    assertThat(timer.getSnapshot().getValues())
        .containsExactly(TimeUnit.SECONDS.toNanos(4), TimeUnit.SECONDS.toNanos(5));
    assertThat(timer.getCount()).isEqualTo(5);
    assertThat(Exposition.of(registry).value("ride_seconds_bucket{le=\"2.5\"}")).isEqualTo(2);
    assertThat(Exposition.of(registry).value("ride_seconds_sum")).isEqualTo(15);
  }

  @Test
  void soItIsWithAHistogram() {
    Histogram histogram =
        registry.histogram("length", () -> new Histogram(new SlidingWindowReservoir(1)));
    histogram.update(7);
    histogram.update(70);

    assertThat(histogram.getSnapshot().getValues()).containsExactly(70);
    assertThat(Exposition.of(registry).value("length_bucket{le=\"10.0\"}")).isEqualTo(1);
  }

  @Test
  void aMeterThatTheApplicationHasMadeKeepsItsRates() {
    Meter own = new Meter(new SlidingTimeWindowMovingAverages());

    assertThat(registry.meter("parcels", () -> own)).isSameAs(own);
    own.mark(3);
    assertThat(Exposition.of(registry).value("parcels_total")).isEqualTo(3);
  }

  @Test
  void aTimerOfSomebodysOwnKindIsLeftAlone() {
    Timer special = new Timer() {};

    assertThat(registry.timer("special", () -> special)).isSameAs(special);
  }

  @Test
  void aTimerOfSomebodysOwnKindIsASummary() {
    Timer special = registry.timer("special", () -> new Timer() {});

    special.update(Duration.ofSeconds(2));

    Scrape scrape = Exposition.of(registry);
    assertThat(scrape.type("special_seconds")).isEqualTo("summary");
    assertThat(scrape.value("special_seconds{quantile=\"0.95\"}")).isEqualTo(2);
    assertThat(scrape.value("special_seconds_count")).isEqualTo(1);
  }
}
