package dev.ss.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.codahale.metrics.Clock;
import dev.ss.testkit.exposition.Scrape;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Families from elsewhere, and what is said of those who give them. */
@Timeout(30)
class CollectorsTest {
  private static final String SUCCESS = "metrics_bridge_collector_success{collector=\"weather\"}";
  private static final String DURATION =
      "metrics_bridge_collector_duration_seconds{collector=\"weather\"}";
  private static final String LAST_SUCCESS =
      "metrics_bridge_collector_last_success_timestamp_seconds{collector=\"weather\"}";

  private final BridgeRegistry registry =
      new BridgeRegistry(new BridgeSettings(200, Duration.ofMillis(100), Duration.ofSeconds(10)));

  private static MetricSnapshot gauge(String name, double value) {
    return GaugeSnapshot.builder()
        .name(name)
        .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
        .build();
  }

  private void weather(Supplier<MetricSnapshots> collector) {
    registry.collector("weather", collector);
  }

  private Scrape scrape() {
    return Exposition.of(registry);
  }

  private static String dropped(String metric) {
    return "metrics_bridge_dropped_total{metric=\"" + metric + "\"}";
  }

  @Test
  void beforeItHasRunNothingIsSaidOfIt() {
    CollectorStatus status = new CollectorStatus(registry, "weather", Clock.defaultClock());

    assertThat(scrape().samples()).isEmpty();
    status.failed(Duration.ofSeconds(1));
    assertThat(scrape().samples()).containsOnlyKeys(SUCCESS, DURATION);
  }

  @Test
  void oneThatSucceedsSaysHowLongItTookAndWhen() {
    double begin = Clock.defaultClock().getTime() / 1e3;
    weather(() -> new MetricSnapshots(gauge("rain", 3)));

    Scrape scrape = scrape();

    assertThat(scrape.value("rain")).isEqualTo(3);
    assertThat(scrape.value(SUCCESS)).isEqualTo(1);
    assertThat(scrape.value(DURATION)).isNotNegative();
    assertThat(scrape.value(LAST_SUCCESS)).isGreaterThanOrEqualTo(begin);
  }

  static Stream<Supplier<MetricSnapshots>> failing() {
    return Stream.of(
        () -> {
          throw new IllegalStateException("no forecast");
        },
        () -> {
          throw new NoClassDefFoundError("not/There");
        },
        () -> null);
  }

  @ParameterizedTest
  @MethodSource("failing")
  void oneThatFailsLosesOnlyItselfAndSaysSo(Supplier<MetricSnapshots> collector) {
    weather(collector);
    registry.collector("tides", () -> new MetricSnapshots(gauge("tide", 1)));
    registry.gauge("load", () -> () -> 7);

    Scrape scrape = scrape();

    assertThat(scrape.value(SUCCESS)).isZero();
    assertThat(scrape.has(LAST_SUCCESS)).isFalse();
    assertThat(scrape.value(dropped("weather"))).isEqualTo(1);
    assertThat(scrape.value("tide")).isEqualTo(1);
    assertThat(scrape.value("load")).isEqualTo(7);
  }

  @Test
  void oneThatFailsAfterASuccessKeepsItsTime() {
    AtomicBoolean broken = new AtomicBoolean();
    weather(
        () -> {
          if (broken.get()) {
            throw new IllegalStateException("no forecast");
          }
          return new MetricSnapshots(gauge("rain", 3));
        });
    double succeeded = scrape().value(LAST_SUCCESS);

    broken.set(true);
    Scrape scrape = scrape();

    assertThat(scrape.value(SUCCESS)).isZero();
    assertThat(scrape.value(LAST_SUCCESS)).isEqualTo(succeeded);
    assertThat(scrape.has("rain")).isFalse();
  }

  @Test
  void oneThatHangsLosesOnlyItselfUntilItReturns() {
    CountDownLatch release = new CountDownLatch(1);
    weather(
        () -> {
          awaitUninterruptibly(release);
          return new MetricSnapshots(gauge("rain", 3));
        });
    registry.gauge("load", () -> () -> 7);
    try {
      Scrape scrape = scrape();

      assertThat(scrape.value(SUCCESS)).isZero();
      assertThat(scrape.value(DURATION)).isEqualTo(.1);
      assertThat(scrape.value("load")).isEqualTo(7);
    } finally {
      release.countDown();
    }
    await().untilAsserted(() -> assertThat(scrape().has("rain")).isTrue());
    assertThat(scrape().value(SUCCESS)).isEqualTo(1);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static Stream<MetricSnapshot> clashing() {
    return Stream.of(
        gauge("load", 9),
        gauge("ride_seconds_count", 9),
        gauge("parcels", 9),
        CounterSnapshot.builder().name("load").build(),
        HistogramSnapshot.builder().name("load").build());
  }

  @ParameterizedTest
  @MethodSource("clashing")
  void aFamilyWithANameOfTheRegistrysIsDroppedAndCounted(MetricSnapshot clashing) {
    registry.gauge("load", () -> () -> 7);
    registry.timer("ride");
    registry.meter("parcels");
    weather(() -> new MetricSnapshots(clashing, gauge("rain", 3)));
    scrape();

    Scrape scrape = scrape();

    assertThat(scrape.value("load")).isEqualTo(7);
    assertThat(scrape.value("ride_seconds_count")).isZero();
    assertThat(scrape.value("parcels_total")).isZero();
    assertThat(scrape.value("rain")).isEqualTo(3);
    assertThat(scrape.value(dropped(clashing.getMetadata().getPrometheusName())))
        .isGreaterThanOrEqualTo(1);
  }

  @Test
  void ofTwoCollectorsWithOneNameTheFirstIsExported() {
    weather(() -> new MetricSnapshots(gauge("rain", 3)));
    registry.collector("other weather", () -> new MetricSnapshots(gauge("rain", 4)));

    assertThat(scrape().value("rain")).isEqualTo(3);
  }
}
