package dev.ss.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Histogram;
import com.codahale.metrics.Meter;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.SlidingWindowReservoir;
import com.codahale.metrics.Snapshot;
import com.codahale.metrics.Timer;
import com.codahale.metrics.UniformReservoir;
import dev.ss.testkit.exposition.Scrape;
import dev.ss.testkit.unit.CapturedLog;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Metrics that Dropwizard and other libraries register without a thought for Prometheus. */
class ForeignMetricsTest {
  private final BridgeRegistry registry = new BridgeRegistry();

  @ParameterizedTest
  @CsvSource({
    "org.eclipse.jetty.QueuedThreadPool.dw.jobs, org_eclipse_jetty_queued_thread_pool_dw_jobs",
    "ManagedPooledDataSource,                    managed_pooled_data_source",
    "HTTPServer2xxResponses,                     http_server2xx_responses",
    "active-requests,                            active_requests",
    "already_snake_case,                         already_snake_case",
    ".odd..name!,                                odd_name",
    "5xx-responses,                              _5xx_responses",
    "größe,                                      gr_uf6_udf_e",
    "'?',                                        _"
  })
  void namesAreTurnedIntoSnakeCase(String name, String family) {
    registry.gauge(name, () -> () -> 1);

    assertThat(Exposition.of(registry).samples()).containsOnlyKeys(family);
  }

  @Test
  void eachLoserOfACollisionIsNamed() {
    try (CapturedLog log = CapturedLog.of(BridgeRegistry.class.getPackage())) {
      registry.gauge("a-b.c", () -> () -> 1);
      registry.gauge("a.b-c", () -> () -> 2);
      registry.gauge("A.B.C", () -> () -> 3);

      assertThat(Exposition.of(registry).samples())
          .containsOnly(
              entry("a_b_c", 1.0), entry(dropped("a.b-c"), 1.0), entry(dropped("A.B.C"), 1.0));
      assertThat(log.messages())
          .anyMatch(message -> message.contains("a.b-c is left out of the metrics: a_b_c"))
          .anyMatch(message -> message.contains("A.B.C is left out of the metrics: a_b_c"));
    }
  }

  @Test
  void namesInOtherScriptsStayApart() {
    registry.gauge("尺寸", () -> () -> 1);
    registry.gauge("重量", () -> () -> 2);

    assertThat(Exposition.of(registry).samples())
        .containsOnly(entry("u5c3a_u5bf8", 1.0), entry("u91cd_u91cf", 2.0));
  }

  @Test
  void aRegistryThatCannotBeReplacedIsExportedToo() {
    MetricRegistry other = new MetricRegistry();
    other.meter("parcels").mark(3);
    registry.include(other);
    other.timer("ride").update(2, TimeUnit.SECONDS);
    other.counter("gone");
    other.remove("gone");

    Scrape scrape = Exposition.of(registry);
    assertThat(scrape.value("parcels_total")).isEqualTo(3);
    assertThat(scrape.type("ride_seconds")).isEqualTo("summary");
    assertThat(scrape.value("ride_seconds{quantile=\"0.95\"}")).isEqualTo(2);
    assertThat(scrape.has("gone")).isFalse();
  }

  @Test
  void moreMetricsOfOthersThanTheCapAreLeftOut() {
    BridgeRegistry small =
        new BridgeRegistry(
            new BridgeSettings(200, 2, Duration.ofSeconds(1), Duration.ofSeconds(4), "own", true));
    try (CapturedLog log = CapturedLog.of(BridgeRegistry.class.getPackage())) {
      IntStream.range(0, 5).forEach(i -> small.meter("user." + i));

      assertThat(Exposition.of(small).samples())
          .containsOnlyKeys(
              "own_dropped_total{metric=\"user.2\"}",
              "own_dropped_total{metric=\"user.3\"}",
              "own_dropped_total{metric=\"user.4\"}",
              "user_0_total",
              "user_1_total");
      assertThat(log.messages()).hasSize(1);
    }
    small.remove("user.0");
    small.remove("user.3");
    small.meter("user.9");
    assertThat(Exposition.of(small).families()).contains("user_9_total");
    assertThat(Exposition.of(small).samples())
        .containsKey("own_dropped_total{metric=\"user.2\"}")
        .doesNotContainKey("own_dropped_total{metric=\"user.3\"}");
  }

  @Test
  void whatIsRemovedIsForgotten() {
    registry.gauge("a.name", () -> () -> 1);
    registry.gauge("a-name", () -> () -> 2);
    registry.gauge("a.text", () -> () -> "text");
    assertThat(Exposition.of(registry).samples()).containsKey(dropped("a-name"));
    registry.remove("a.name");
    registry.remove("a-name");
    registry.remove("a.text");
    assertThat(Exposition.of(registry).samples()).isEmpty();

    try (CapturedLog log = CapturedLog.of(BridgeRegistry.class.getPackage())) {
      registry.gauge("a-name", () -> () -> 3);
      registry.gauge("a.name", () -> () -> 4);

      assertThat(Exposition.of(registry).samples())
          .containsOnly(entry("a_name", 3.0), entry(dropped("a.name"), 1.0));
      assertThat(log.messages()).hasSize(1);
    }
  }

  /** It took minutes when each removal looked through all names. */
  @Test
  @Timeout(60)
  void manyMetricsCanBeRemoved() {
    int timers = 20_000;
    IntStream.range(0, timers).forEach(i -> registry.timer("ride." + i));
    IntStream.range(0, timers / 2).forEach(i -> registry.remove("ride." + i));

    assertThat(typesOfRides()).hasSize(timers / 2);
    registry.timer("ride.0");
    assertThat(typesOfRides()).hasSize(timers / 2 + 1).contains("# TYPE ride_0_seconds histogram");
  }

  private List<String> typesOfRides() {
    return Exposition.text(registry)
        .lines()
        .filter(line -> line.startsWith("# TYPE ride_"))
        .toList();
  }

  @Test
  void aNumberThatCannotBeConvertedIsLeftOutAlone() {
    registry.gauge("a.broken", () -> () -> new BrokenNumber());
    registry.gauge("a.sound", () -> () -> 1);

    Scrape scrape = Exposition.of(registry);
    assertThat(scrape.value("a_sound")).isEqualTo(1);
    assertThat(scrape.families()).doesNotContain("a_broken");
    assertThat(scrape.value("metrics_bridge_dropped_total{metric=\"a.broken\"}")).isEqualTo(1);
  }

  private static final class BrokenNumber extends Number {
    private static final long serialVersionUID = 1L;

    @Override
    public int intValue() {
      throw new ArithmeticException();
    }

    @Override
    public long longValue() {
      throw new ArithmeticException();
    }

    @Override
    public float floatValue() {
      throw new ArithmeticException();
    }

    @Override
    public double doubleValue() {
      throw new ArithmeticException();
    }
  }

  @Test
  void eachKindOfMetricHasItsCounterpart() {
    registry.meter("a.meter").mark(2);
    registry.counter("a.counter").dec(3);
    registry.timer("a.timer");

    Scrape scrape = Exposition.of(registry);
    assertThat(scrape.type("a_meter_total")).isEqualTo("counter");
    assertThat(scrape.value("a_meter_total")).isEqualTo(2);
    assertThat(scrape.type("a_counter")).as("it may fall").isEqualTo("gauge");
    assertThat(scrape.value("a_counter")).isEqualTo(-3);
    assertThat(scrape.type("a_timer_seconds")).isEqualTo("histogram");
  }

  @ParameterizedTest
  @CsvSource({"true, 1", "false, 0"})
  void aBooleanIsOneOrZero(boolean value, double exported) {
    registry.gauge("flag", () -> () -> value);

    assertThat(Exposition.of(registry).value("flag")).isEqualTo(exported);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.5})
  void everyNumberIsKeptAsItIs(double value) {
    registry.gauge("number", () -> () -> value);

    assertThat(Exposition.of(registry).value("number")).isEqualTo(Double.valueOf(value));
  }

  @Test
  void whatIsNoNumberIsLeftOut() {
    gauge("text", "up");
    gauge("list", List.of(1, 2));
    gauge("empty", Collections.emptyMap());
    gauge("missing", null);
    gauge("number", 1);

    assertThat(Exposition.of(registry).samples())
        .containsOnlyKeys(
            "number", dropped("text"), dropped("list"), dropped("empty"), dropped("missing"));
  }

  private void gauge(String name, Object value) {
    Gauge<Object> gauge = () -> value;
    registry.register(name, gauge);
  }

  @Test
  void aGaugeThatThrowsLosesOnlyItself() {
    registry.gauge("first", () -> () -> 1);
    registry.gauge(
        "second",
        () ->
            () -> {
              throw new IllegalStateException("not now");
            });
    registry.gauge(
        "third",
        () ->
            () -> {
              throw new NoClassDefFoundError("not/There");
            });
    registry.gauge("zeroth", () -> () -> 0);

    assertThat(Exposition.of(registry).samples())
        .containsOnlyKeys("first", "zeroth", dropped("second"), dropped("third"));
  }

  @Test
  void whatIsNoNumberIsCountedOnce() {
    gauge("text", "up");

    Exposition.of(registry);
    Exposition.of(registry);

    assertThat(Exposition.of(registry).value(dropped("text"))).isEqualTo(1);
  }

  @Test
  void whatThrowsIsCountedEachTime() {
    registry.register("broken", (Gauge<Integer>) () -> 1 / Integer.parseInt("0"));

    Exposition.of(registry);

    assertThat(Exposition.of(registry).value(dropped("broken"))).isEqualTo(2);
  }

  static Stream<Named<Metric>> metricsOfSomebodysOwnThatThrow() {
    return Stream.of(
        Named.of(
            "timer",
            new Timer() {
              @Override
              public Snapshot getSnapshot() {
                throw new NoClassDefFoundError("not/There");
              }
            }),
        Named.of("histogram on no reservoir", new Histogram(null)),
        Named.of(
            "meter",
            new Meter() {
              @Override
              public long getCount() {
                throw new IllegalStateException("not now");
              }
            }),
        Named.of(
            "counter",
            new Counter() {
              @Override
              public long getCount() {
                throw new IllegalStateException("not now");
              }
            }));
  }

  @ParameterizedTest
  @MethodSource("metricsOfSomebodysOwnThatThrow")
  void aMetricOfSomebodysOwnKindThatThrowsLosesOnlyItself(Metric broken) {
    registry.register("broken", broken);
    registry.gauge("sound", () -> () -> 1);

    assertThat(Exposition.of(registry).families())
        .containsExactly("metrics_bridge_dropped_total", "sound");
  }

  @Test
  void aMeterOfSomebodysOwnKindIsACounter() {
    registry.meter("special", () -> new Meter() {}).mark(4);

    assertThat(Exposition.of(registry).value("special_total")).isEqualTo(4);
  }

  @Test
  void aHistogramMadeElsewhereIsASummary() {
    registry.register("sizes", new Histogram(new UniformReservoir())).update(40);

    Scrape scrape = Exposition.of(registry);
    assertThat(scrape.type("sizes")).isEqualTo("summary");
    assertThat(scrape.value("sizes{quantile=\"0.99\"}")).isEqualTo(40);
    assertThat(scrape.value("sizes_count")).isEqualTo(1);
  }

  @Test
  void metersThatDifferInHowOftenTheySayTotalAreAllExported() {
    registry.meter("jobs.total").mark(1);
    registry.meter("jobs.total.total").mark(2);

    assertThat(Exposition.of(registry).samples())
        .containsOnly(entry("jobs_total", 1.0), entry("jobs_total_value_total", 2.0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\rb", "a\u2028b", "a\u0085b", "a\r\nb"})
  void aNameOfSeveralLinesHasOneLineOfHelp(String name) {
    registry.gauge(name, () -> () -> 1);

    assertThat(Exposition.text(registry)).contains("# HELP a_b Dropwizard metric a b\n");
  }

  @Test
  void aNameInBracesIsNoSeriesOfOurs() {
    registry.gauge("load{city=\"ulm\"}", () -> () -> 1);

    assertThat(Exposition.of(registry).value("load_city_ulm")).isEqualTo(1);
  }

  /** Else the first metric that is left out would break a scrape or a registration. */
  @Test
  void nobodyCanTakeTheNamesOfTheBridgesOwnCounters() {
    registry.gauge("metrics.bridge.dropped", () -> () -> 5);
    registry.gauge("broken", () -> () -> "text");

    assertThat(Exposition.of(registry).samples())
        .containsOnlyKeys(dropped("metrics.bridge.dropped"), dropped("broken"));
  }

  @Test
  void aGaugeThatThrewIsBackWhenItAnswersAgain() {
    boolean[] broken = {true};
    registry.gauge(
        "moody",
        () ->
            () -> {
              if (broken[0]) {
                throw new IllegalStateException("not now");
              }
              return 1;
            });
    assertThat(Exposition.of(registry).has("moody")).isFalse();

    broken[0] = false;
    assertThat(Exposition.of(registry).value("moody")).isEqualTo(1);
  }

  @Test
  void whatIsRemovedIsNoLongerExported() {
    registry.meter("a.meter");
    registry.counter("a.counter");
    registry.timer("a.timer");
    registry.gauge("a.gauge", () -> () -> 1);
    registry.gauge("stays", () -> () -> 1);

    registry.removeMatching((name, metric) -> name.startsWith("a."));

    assertThat(Exposition.of(registry).families()).containsExactly("stays");
  }

  @Test
  void whatIsRemovedCanComeBack() {
    registry.gauge("moody", () -> () -> 1);
    registry.remove("moody");
    registry.gauge("moody", () -> () -> 2);

    assertThat(Exposition.of(registry).value("moody")).isEqualTo(2);
  }

  /** A third party's registration must not fail because of a name only Prometheus cares about. */
  @Test
  void ofTwoMetricsWithOneNameTheFirstIsExported() {
    registry.gauge("the.name", () -> () -> 1);
    registry.gauge("the-name", () -> () -> 2);

    assertThat(Exposition.of(registry).samples())
        .containsOnly(entry("the_name", 1.0), entry(dropped("the-name"), 1.0));
  }

  private static String dropped(String metric) {
    return "metrics_bridge_dropped_total{metric=\"" + metric + "\"}";
  }

  @Test
  void removingTheOneThatWasNotExportedLeavesTheOther() {
    registry.gauge("the.name", () -> () -> 1);
    registry.gauge("the-name", () -> () -> 2);

    registry.remove("the-name");

    assertThat(Exposition.of(registry).value("the_name")).isEqualTo(1);
  }

  /** Prometheus' model knows a counter by its name without {@code _total}. */
  @Test
  void ofTwoMetricsThatDifferInTotalOnlyTheFirstIsExported() {
    registry.meter("the.name");
    registry.gauge("the-name", () -> () -> 2);
    registry.gauge("the-name-total", () -> () -> 3);

    assertThat(Exposition.of(registry).samples())
        .containsOnlyKeys("the_name_total", "the_name_total_value", dropped("the-name"));
    assertThat(Exposition.of(registry).type("the_name_total")).isEqualTo("counter");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a.total", "a.created", "a.bucket", "a.info", "a.count", "a.sum", "total", "info"})
  void aNameWithAnEndingThatMeansSomethingToPrometheusIsNoObstacle(String name) {
    registry.counter(name).inc();
    registry.meter(name + ".meter").mark();
    registry.timer(name + ".timer");

    assertThat(Exposition.of(registry).samples()).hasSizeGreaterThan(2);
  }

  /** The Java client's own say the same under standard names. */
  @Test
  void dropwizardsGaugesOfTheJvmAreLeftToTheJavaClient() {
    registry.gauge("jvm.memory.heap.used", () -> () -> 1);

    assertThat(Exposition.of(registry).families()).isEmpty();
  }

  @Test
  void metricsRegisteredElsewhereAndMountedHereAreExported() {
    MetricRegistry library = new MetricRegistry();
    Meter meter = library.meter("requests");
    registry.register("library", library);
    meter.mark();

    assertThat(Exposition.of(registry).value("library_requests_total")).isEqualTo(1);
  }

  /** A strict scraper refuses the page otherwise. */
  @Test
  void quantilesOfASummaryAreNotBelowZeroAndNoneOfNoValues() {
    Histogram negative = new Histogram(new SlidingWindowReservoir(3));
    negative.update(-5);
    registry.register("negative", negative);
    registry.register("empty", new Histogram(new SlidingWindowReservoir(3)));

    Scrape scrape = Exposition.of(registry);
    assertThat(scrape.value("negative{quantile=\"0.5\"}")).isZero();
    assertThat(scrape.value("empty{quantile=\"0.5\"}")).isNaN();
  }

  /** In UTF-8 both labels would be a question mark, and the series would be there twice. */
  @Test
  void labelsThatAPageCannotTellApartAreOneSeries() {
    registry.map(List.of(new MappingRule("shop.*", "shop", Map.of("part", "${0}"))), List.of());
    registry.counter("shop.\uD83D");
    registry.counter("shop.?");

    Scrape scrape = Exposition.of(registry);
    assertThat(scrape.value("shop{part=\"?\"}")).isZero();
    assertThat(scrape.value("metrics_bridge_dropped_total{metric=\"shop.?\"}")).isEqualTo(1);
  }
}
