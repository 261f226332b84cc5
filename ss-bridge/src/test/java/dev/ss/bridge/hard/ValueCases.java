package dev.ss.bridge.hard;

import static java.util.concurrent.TimeUnit.DAYS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.Clock;
import com.codahale.metrics.ExponentiallyDecayingReservoir;
import com.codahale.metrics.Histogram;
import com.codahale.metrics.SlidingTimeWindowReservoir;
import com.codahale.metrics.Timer;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Values that are negative, huge, or in a reservoir that the application chose. */
final class ValueCases {
  private static final double YEAR_SECONDS = DAYS.toSeconds(365);

  private static final String BELOW_ZERO = "quantiles below 0, which OpenMetrics forbids";

  private ValueCases() {}

  static List<HardCase> all() {
    return List.of(
        timer(),
        ownReservoir(),
        ownClass(),
        single(),
        centuries(),
        negativeValues(),
        negativeCounter(),
        fallingCounter());
  }

  private static HardCase timer() {
    return HardCase.of("a timer", side -> side.metrics().timer("ride").update(ofMillis(30)))
        .ours(
            "histogram in seconds with `_bucket` and `_sum`",
            page -> {
              assertThat(page.type("ride_seconds")).isEqualTo("histogram");
              assertThat(page.value("ride_seconds_bucket{le=\"0.025\"}")).isZero();
              assertThat(page.value("ride_seconds_bucket{le=\"0.05\"}")).isEqualTo(1);
              assertThat(page.value("ride_seconds_sum")).isEqualTo(.03);
            })
        .or(
            "summary: quantiles, which cannot be aggregated; no `_bucket`, no `_sum`, no unit",
            page -> {
              assertThat(page.type("ride")).isEqualTo("summary");
              assertThat(page.page().samples().samples().keySet())
                  .contains("ride{quantile=\"0.99\"}", "ride_count")
                  .doesNotContain("ride_sum");
            });
  }

  private static Duration ofMillis(int millis) {
    return Duration.ofMillis(millis);
  }

  /** Records 10 s outside of the reservoir's window, and 20 ms within it. */
  private static HardCase ownReservoir() {
    return HardCase.of("a timer with a `SlidingTimeWindowReservoir`", ValueCases::timeInAWindow)
        .ours(
            "buckets of all values; `getSnapshot` is the reservoir's",
            page -> {
              assertThat(page.value("window_seconds_count")).isEqualTo(2);
              assertThat(page.value("window_seconds_bucket{le=\"0.025\"}")).isEqualTo(1);
              assertThat(page.value("window_seconds_bucket{le=\"10.0\"}")).isEqualTo(2);
              assertThat(page.value("window_longest")).isEqualTo(.02);
            })
        .or(
            "the reservoir's quantiles",
            page -> {
              assertThat(page.value("window{quantile=\"0.99\"}")).isEqualTo(.02);
              assertThat(page.value("window_longest")).isEqualTo(.02);
            });
  }

  private static void timeInAWindow(Side side) {
    HandClock clock = new HandClock();
    Timer timer =
        side.metrics()
            .timer("window", () -> new Timer(new SlidingTimeWindowReservoir(1, MINUTES, clock)));
    timer.update(Duration.ofSeconds(10));
    clock.nanos = MINUTES.toNanos(2);
    timer.update(ofMillis(20));
    side.metrics().registerGauge("window.longest", () -> timer.getSnapshot().getMax() / 1e9);
  }

  /** A clock that the case moves. */
  private static final class HandClock extends Clock {
    long nanos;

    @Override
    public long getTick() {
      return nanos;
    }
  }

  private static HardCase ownClass() {
    return HardCase.of(
            "a subclass of `Histogram` with negative values",
            side -> side.metrics().register("depths", new Depths()).update(-5))
        .ours(
            "summary with quantiles, none below 0",
            page -> {
              assertThat(page.type("depths")).isEqualTo("summary");
              assertThat(page.value("depths{quantile=\"0.5\"}")).isZero();
            })
        .or(BELOW_ZERO, page -> assertThat(page.value("depths{quantile=\"0.5\"}")).isEqualTo(-5));
  }

  private static final class Depths extends Histogram {
    Depths() {
      super(new ExponentiallyDecayingReservoir());
    }
  }

  private static HardCase single() {
    return HardCase.of("minimum and maximum of a single value 50", ValueCases::updateOnce)
        .ours(
            "50 and 50",
            page -> {
              assertThat(page.value("single_least")).isEqualTo(50);
              assertThat(page.value("single_most")).isEqualTo(50);
            });
  }

  private static void updateOnce(Side side) {
    Histogram single = side.metrics().histogram("single");
    single.update(50);
    side.metrics().registerGauge("single.least", () -> single.getSnapshot().getMin());
    side.metrics().registerGauge("single.most", () -> single.getSnapshot().getMax());
  }

  private static HardCase centuries() {
    return HardCase.of("300 durations of a year", ValueCases::waitForCenturies)
        .ours(
            "`_sum` is 300 years",
            page -> assertThat(page.value("delivery_seconds_sum")).isEqualTo(300 * YEAR_SECONDS))
        .or(
            "no `_sum`",
            page ->
                assertThat(page.page().samples().samples().keySet())
                    .contains("delivery_count")
                    .doesNotContain("delivery_sum"));
  }

  private static void waitForCenturies(Side side) {
    Timer delivery = side.metrics().timer("delivery");
    IntStream.range(0, 300).forEach(i -> delivery.update(Duration.ofDays(365)));
  }

  private static HardCase negativeValues() {
    return HardCase.of("a histogram of −100, −100 and 50", ValueCases::updateBelowZero)
        .ours(
            "0, 0 and 50 in buckets and `_sum`; `getSnapshot` has −100",
            page -> {
              assertThat(page.value("balances_bucket{le=\"1.0\"}")).isEqualTo(2);
              assertThat(page.value("balances_count")).isEqualTo(3);
              assertThat(page.value("balances_sum")).isEqualTo(50);
              assertThat(page.value("balances_least")).isEqualTo(-100);
            })
        .or(BELOW_ZERO, page -> assertThat(page.value("balances{quantile=\"0.5\"}")).isNegative());
  }

  private static void updateBelowZero(Side side) {
    Histogram balances = side.metrics().histogram("balances");
    balances.update(-100);
    balances.update(-100);
    balances.update(50);
    side.metrics().registerGauge("balances.least", () -> balances.getSnapshot().getMin());
  }

  private static HardCase negativeCounter() {
    return HardCase.of("a counter below zero", side -> side.metrics().counter("debts").dec(3))
        .ours(
            "gauge",
            page -> {
              assertThat(page.type("debts")).isEqualTo("gauge");
              assertThat(page.value("debts")).isEqualTo(-3);
            });
  }

  private static HardCase fallingCounter() {
    return HardCase.of("a counter that falls", side -> side.metrics().counter("in.flight").inc(2))
        .then(side -> side.metrics().counter("in.flight").dec())
        .ours(
            "gauge",
            page -> {
              assertThat(page.type("in_flight")).isEqualTo("gauge");
              assertThat(page.first().samples().value("in_flight")).isEqualTo(2);
              assertThat(page.value("in_flight")).isEqualTo(1);
            })
        .or(
            "counter that falls, a restart to `rate()`",
            page -> {
              assertThat(page.type("in_flight_total")).isEqualTo("counter");
              assertThat(page.first().samples().value("in_flight_total")).isEqualTo(2);
              assertThat(page.value("in_flight_total")).isEqualTo(1);
            });
  }
}
