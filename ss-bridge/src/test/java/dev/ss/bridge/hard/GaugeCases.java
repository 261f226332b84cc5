package dev.ss.bridge.hard;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.Gauge;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/** Gauges and collectors that fail or hang. */
final class GaugeCases {
  private static final String LEFT_OUT = "left out and counted";

  /** Gauges and collectors hang on this latch until the test has made its scrapes. */
  private final CountDownLatch end;

  GaugeCases(CountDownLatch end) {
    this.end = end;
  }

  List<HardCase> all() {
    return List.of(
        failing("a gauge that throws", "broken", GaugeCases::fail),
        failing("a gauge that throws an `Error`", "classless", GaugeCases::missAClass),
        failing("a `Number` whose `doubleValue` throws", "unreal", Unreal::new),
        hanging(),
        withoutNumbers(),
        failingCollector(),
        hangingCollector());
  }

  private static HardCase failing(String name, String metric, Gauge<?> gauge) {
    return HardCase.of(name, side -> side.metrics().register(metric, gauge))
        .ours(
            LEFT_OUT,
            page -> {
              assertThat(page.page().samples().has(metric)).isFalse();
              assertThat(page.dropped(metric)).isPositive();
            });
  }

  private static Object fail() {
    throw new IllegalStateException("a secret");
  }

  private static Object missAClass() {
    throw new NoClassDefFoundError("a/Secret");
  }

  /** A {@link Number} that cannot be converted. */
  private static final class Unreal extends Number {
    @Override
    public double doubleValue() {
      throw new IllegalStateException("a secret");
    }

    @Override
    public float floatValue() {
      return (float) doubleValue();
    }

    @Override
    public long longValue() {
      return (long) doubleValue();
    }

    @Override
    public int intValue() {
      return (int) doubleValue();
    }
  }

  private HardCase hanging() {
    return HardCase.of(
            "ten gauges that hang",
            side ->
                IntStream.range(0, 10)
                    .forEach(i -> side.metrics().registerGauge("a.slow.one." + i, this::hang)))
        .ours(
            LEFT_OUT,
            page ->
                IntStream.range(0, 10)
                    .forEach(i -> assertThat(page.dropped("a.slow.one." + i)).isEqualTo(2)));
  }

  private int hang() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 1;
  }

  private static HardCase withoutNumbers() {
    return HardCase.of(
            "gauges of a string, a list and null",
            side -> {
              side.metrics().registerGauge("motto", () -> "be kind");
              side.metrics().registerGauge("languages", () -> List.of("de", "en"));
              side.metrics().registerGauge("last", () -> null);
              side.metrics().registerGauge("known", () -> 1);
            })
        .ours(
            "left out and counted once",
            page -> {
              assertThat(page.page().samples().families())
                  .contains("known")
                  .doesNotContain("motto", "languages", "last");
              assertThat(page.dropped("motto")).isEqualTo(1);
              assertThat(page.dropped("languages")).isEqualTo(1);
              assertThat(page.dropped("last")).isEqualTo(1);
            })
        .or(
            "left out",
            page ->
                assertThat(page.page().samples().families())
                    .contains("known")
                    .doesNotContain("motto", "languages", "last"));
  }

  private static HardCase failingCollector() {
    return HardCase.of(
            "a collector that throws",
            side ->
                side.collector(
                    "failing",
                    () -> {
                      throw new IllegalStateException("a secret");
                    }))
        .ours(
            LEFT_OUT,
            page ->
                assertThat(page.value("metrics_bridge_collector_success{collector=\"failing\"}"))
                    .isZero());
  }

  private HardCase hangingCollector() {
    return HardCase.of(
            "a collector that hangs",
            side ->
                side.collector(
                    "hanging",
                    () -> {
                      hang();
                      return new MetricSnapshots();
                    }))
        .ours(
            LEFT_OUT,
            page ->
                assertThat(page.value("metrics_bridge_collector_success{collector=\"hanging\"}"))
                    .isZero());
  }
}
