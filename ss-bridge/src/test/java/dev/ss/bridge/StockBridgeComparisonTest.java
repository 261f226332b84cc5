package dev.ss.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.instrumentation.dropwizard5.labels.MapperConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What the bridge of the Java client, 1.4.3, makes of a registry, and what ours makes of the same.
 */
@Timeout(30)
class StockBridgeComparisonTest {
  private final MetricRegistry plain = new MetricRegistry();
  private final BridgeRegistry bridge = new BridgeRegistry();
  private final StockBridge stock = new StockBridge(plain);

  /** Both registries get the same. */
  private void given(Consumer<MetricRegistry> content) {
    content.accept(plain);
    content.accept(bridge);
  }

  private Exposition ours() {
    return Exposition.of(bridge);
  }

  private static void gauge(MetricRegistry registry, String name, Gauge<?> gauge) {
    registry.register(name, gauge);
  }

  @Test
  void aTimerHasQuantilesThatCannotBeAggregatedThereAndBucketsHere() {
    given(registry -> registry.timer("ride").update(Duration.ofMillis(30)));

    assertThat(stock.scrape())
        .contains("# TYPE ride summary", "ride{quantile=\"0.99\"}", "ride_count 1")
        .doesNotContain("_bucket")
        .doesNotContain("_sum")
        .doesNotContain("_seconds");
    assertThat(ours().type("ride_seconds")).isEqualTo("histogram");
    assertThat(ours().value("ride_seconds_bucket{le=\"0.05\"}")).isEqualTo(1);
    assertThat(ours().value("ride_seconds_sum")).isEqualTo(.03);
  }

  @Test
  void aCounterBelowZeroFailsTheScrapeThereAndIsAGaugeHere() {
    given(registry -> registry.counter("in.flight").dec(3));
    given(registry -> registry.meter("others").mark());

    assertThatThrownBy(stock::scrape).isInstanceOf(IllegalArgumentException.class);
    assertThat(ours().value("in_flight")).isEqualTo(-3);
    assertThat(ours().value("others_total")).isEqualTo(1);
  }

  @Test
  void aCounterIsACounterThereAlthoughItFalls() {
    given(registry -> registry.counter("in.flight").inc(2));

    assertThat(stock.scrape()).contains("# TYPE in_flight_total counter");
    given(registry -> registry.counter("in.flight").dec());
    assertThat(stock.scrape()).contains("in_flight_total 1.0");
    assertThat(ours().type("in_flight")).isEqualTo("gauge");
  }

  /**
   * With other labels they are two series in both; the model, from 1.5.0, puts them together again.
   */
  @Test
  void twoMetricsMappedToOneSeriesFailTheScrapeThereAndOneIsDroppedHere() {
    List<MapperConfig> mappings =
        List.of(new MapperConfig("pool.*.*", "connections", Map.of("state", "${1}")));
    bridge.map(StockMappings.rules(mappings), List.of());
    given(registry -> gauge(registry, "pool.main.active", () -> 3));
    given(registry -> gauge(registry, "pool.spare.active", () -> 5));

    assertThatThrownBy(() -> new StockBridge(plain, mappings).scrape())
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(ours().value("connections{state=\"active\"}")).isEqualTo(3);
    assertThat(ours().value("metrics_bridge_dropped_total{metric=\"pool.spare.active\"}"))
        .isEqualTo(1);
  }

  @Test
  void twoKindsMappedToOneFamilyFailTheScrapeThereAndOneIsDroppedHere() {
    List<MapperConfig> mappings =
        List.of(new MapperConfig("pool.*", "pool", Map.of("part", "${0}")));
    bridge.map(StockMappings.rules(mappings), List.of());
    given(registry -> gauge(registry, "pool.size", () -> 3));
    given(registry -> registry.histogram("pool.usage"));

    assertThatThrownBy(() -> new StockBridge(plain, mappings).scrape())
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(ours().value("pool{part=\"size\"}")).isEqualTo(3);
    assertThat(ours().value("metrics_bridge_dropped_total{metric=\"pool.usage\"}")).isEqualTo(1);
  }

  @Test
  void twoMetricsOfOneNameFailTheScrapeThereAndOneIsDroppedHere() {
    given(registry -> gauge(registry, "the.name", () -> 1));
    given(registry -> gauge(registry, "the-name", () -> 2));

    assertThatThrownBy(stock::scrape).isInstanceOf(IllegalArgumentException.class);
    assertThat(ours().value("the_name")).isEqualTo(1);
    assertThat(ours().value("metrics_bridge_dropped_total{metric=\"the-name\"}")).isEqualTo(1);
  }

  @Test
  void aGaugeThatThrowsFailsTheScrapeThereAndOnlyItselfHere() {
    given(
        registry -> gauge(registry, "broken", () -> failing(new IllegalStateException("secret"))));
    given(registry -> registry.meter("others").mark());

    assertThatThrownBy(stock::scrape).isInstanceOf(IllegalStateException.class);
    assertThat(ours().value("others_total")).isEqualTo(1);
  }

  @Test
  void aGaugeWhoseClassIsNotThereFailsTheScrapeThereAndOnlyItselfHere() {
    given(
        registry ->
            gauge(registry, "broken", () -> failing(new NoClassDefFoundError("not/There"))));
    given(registry -> registry.meter("others").mark());

    assertThatThrownBy(stock::scrape).isInstanceOf(NoClassDefFoundError.class);
    assertThat(ours().value("others_total")).isEqualTo(1);
  }

  private static Object failing(RuntimeException failure) {
    throw failure;
  }

  private static Object failing(Error failure) {
    throw failure;
  }

  /** Every {@code @Timed} of Jersey registers both. */
  @Test
  void aTimerBesideItsTotalFailsTheScrapeThereAndAreTwoHistogramsHere() {
    given(registry -> registry.timer("resource.get").update(Duration.ofSeconds(1)));
    given(registry -> registry.timer("resource.get.total").update(Duration.ofSeconds(2)));

    assertThatThrownBy(stock::scrape).isInstanceOf(IllegalArgumentException.class);
    assertThat(ours().value("resource_get_seconds_sum")).isEqualTo(1);
    assertThat(ours().value("resource_get_total_seconds_sum")).isEqualTo(2);
  }

  @Test
  void theHelpDependsOnTheRunThereAndNotHere() {
    given(registry -> gauge(registry, "load", () -> 1));

    assertThat(stock.scrape()).containsPattern("# HELP load .*\\$\\$Lambda");
    assertThat(Exposition.text(bridge)).contains("# HELP load Dropwizard metric load\n");
  }

  @Test
  void aGaugeThatHangsHoldsUpTheScrapeThereAndIsLeftOutHere() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    given(registry -> gauge(registry, "hanging", () -> awaited(release)));
    given(registry -> registry.meter("others").mark());
    CompletableFuture<String> theirs = CompletableFuture.supplyAsync(stock::scrape);
    try {
      assertThat(ours().value("others_total")).isEqualTo(1);
      assertThatThrownBy(() -> theirs.get(500, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
    } finally {
      release.countDown();
    }
    assertThat(theirs.get(10, TimeUnit.SECONDS)).contains("hanging");
  }

  private static int awaited(CountDownLatch latch) {
    try {
      latch.await();
      return 1;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aDottedNameIsAnotherSeriesForPrometheus3ThereAndTheSameHere() {
    given(registry -> gauge(registry, "some.load", () -> 1));

    assertThat(stock.scrape(EscapingScheme.UNDERSCORE_ESCAPING)).contains("\nsome_load 1.0");
    assertThat(stock.scrape(EscapingScheme.ALLOW_UTF8)).contains("{\"some.load\"} 1.0");
    assertThat(Exposition.text(bridge)).contains("\nsome_load 1.0").doesNotContain("\"some.load\"");
  }
}
