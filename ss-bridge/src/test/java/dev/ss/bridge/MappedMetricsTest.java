package dev.ss.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.codahale.metrics.Histogram;
import com.codahale.metrics.SlidingWindowReservoir;
import dev.ss.testkit.unit.CapturedLog;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Metrics of others under the names that an operator gives them. */
class MappedMetricsTest {
  private static final MappingRule POOLS =
      new MappingRule("pool.*.*", "connections", Map.of("pool", "${0}", "state", "${1}"));

  private final BridgeRegistry registry = new BridgeRegistry();

  private void use(MappingRule... mappings) {
    registry.map(List.of(mappings), List.of());
  }

  private void gauge(String name, int value) {
    registry.gauge(name, () -> () -> value);
  }

  private Map<String, Double> samples() {
    return Exposition.of(registry).samples();
  }

  @Test
  void manyMetricsBecomeOneFamily() {
    use(POOLS);
    gauge("pool.main.active", 3);
    gauge("pool.main.idle", 5);
    gauge("pool.spare.active", 0);

    assertThat(samples())
        .containsExactly(
            entry("connections{pool=\"main\",state=\"active\"}", 3.0),
            entry("connections{pool=\"main\",state=\"idle\"}", 5.0),
            entry("connections{pool=\"spare\",state=\"active\"}", 0.0));
  }

  @Test
  void theKindAddsItsEnding() {
    use(new MappingRule("parts.*", "part_${0}", Map.of()));
    registry.meter("parts.meter");
    registry.timer("parts.timer");
    registry.counter("parts.counter");
    registry.histogram("parts.histogram");

    assertThat(Exposition.of(registry).families())
        .containsExactly(
            "part_counter", "part_histogram", "part_meter_total", "part_timer_seconds");
  }

  private static MappingRule inUnit(String match, String name, String unit) {
    return new MappingRule(match, name, Map.of(), null, null, unit, null);
  }

  @Test
  void aUnitIsTheEndOfTheNameAndConvertedToTheBaseOne() {
    use(
        inUnit("oven.heat", "oven", "celsius"),
        inUnit("oven.age", "oven_age", "milliseconds"),
        inUnit("oven.load", "oven_load_ratio", "percent"),
        inUnit("oven.eaten", "oven_eaten_total", "kibibytes"));
    gauge("oven.heat", 180);
    gauge("oven.age", 1_500);
    gauge("oven.load", 45);
    registry.meter("oven.eaten").mark(3);

    assertThat(samples())
        .containsOnly(
            entry("oven_celsius", 180.0),
            entry("oven_age_seconds", 1.5),
            entry("oven_load_ratio", .45),
            entry("oven_eaten_bytes_total", 3072.0));
    assertThat(openMetrics())
        .contains("# UNIT oven_celsius celsius\n", "# UNIT oven_eaten_bytes bytes\n");
  }

  private String openMetrics() {
    return Exposition.openMetrics(registry);
  }

  @Test
  void aHistogramOfMillisecondsHasBucketsOfSeconds() {
    use(inUnit("pool.*.usage", "pool_usage", "milliseconds"));
    Histogram usage = registry.histogram("pool.main.usage");
    usage.update(30);
    usage.update(4_000);

    assertThat(samples())
        .contains(
            entry("pool_usage_seconds_bucket{le=\"0.025\"}", 0.0),
            entry("pool_usage_seconds_bucket{le=\"0.05\"}", 1.0),
            entry("pool_usage_seconds_bucket{le=\"5.0\"}", 2.0),
            entry("pool_usage_seconds_sum", 4.03));
    assertThat(usage.getSnapshot().getMax()).as("as it was recorded").isEqualTo(4_000);
  }

  @Test
  void aHistogramThatWasMadeBeforeItsUnitWasKnownIsLeftOutAndTold() {
    registry.histogram("pool.main.usage");

    try (CapturedLog log = CapturedLog.of(BridgeRegistry.class.getPackage())) {
      use(inUnit("pool.*.usage", "pool_usage", "milliseconds"));
      assertThat(log.messages().get(0))
          .contains("pool.main.usage", "its buckets were made before the rule");
    }
    assertThat(samples())
        .containsOnlyKeys("metrics_bridge_dropped_total{metric=\"pool.main.usage\"}");
  }

  @Test
  void aTimerIsInSecondsWhateverARuleSays() {
    use(inUnit("rides", "rides", "bytes"), inUnit("walks", "walks", "seconds"));
    registry.timer("rides");
    registry.timer("walks");

    assertThat(samples())
        .containsKeys("walks_seconds_count", "metrics_bridge_dropped_total{metric=\"rides\"}")
        .doesNotContainKey("rides_bytes_count");
  }

  @Test
  void aSummarysQuantilesAreConvertedToo() {
    use(inUnit("sampled", "sampled", "milliseconds"));
    Histogram sampled = new Histogram(new SlidingWindowReservoir(1));
    registry.register("sampled", sampled);
    sampled.update(250);

    assertThat(samples()).contains(entry("sampled_seconds{quantile=\"0.5\"}", .25));
  }

  @Test
  void whatNeverFallsMayBeACounterWhateverItsKind() {
    use(
        new MappingRule(
            "cache.*-*",
            "cache_${1}",
            Map.of("cache", "${0}"),
            null,
            "counter",
            null,
            "Look-ups."));
    gauge("cache.users-hits", 3);
    registry.counter("cache.users-misses").inc(2);
    gauge("cache.users-losses", -1);

    assertThat(Exposition.text(registry)).contains("# HELP cache_hits_total Look-ups.\n");
    assertThat(Exposition.of(registry).type("cache_misses_total")).isEqualTo("counter");
    assertThat(samples())
        .containsOnly(
            entry("cache_hits_total{cache=\"users\"}", 3.0),
            entry("cache_misses_total{cache=\"users\"}", 2.0),
            entry("metrics_bridge_dropped_total{metric=\"cache.users-losses\"}", 3.0));
  }

  @Test
  void anEndingThatIsThereIsNotAddedAgain() {
    use(
        new MappingRule("parts.meter", "made_total", Map.of()),
        new MappingRule("parts.timer", "making_seconds", Map.of()));
    registry.meter("parts.meter");
    registry.timer("parts.timer");

    assertThat(Exposition.of(registry).families()).containsExactly("made_total", "making_seconds");
  }

  @Test
  void aPlaceholderCannotMakeAnIllegalName() {
    use(new MappingRule("parts.*", "part_${0}", Map.of()));
    gauge("parts.größe-in cm²", 1);

    assertThat(samples()).containsOnlyKeys("part_gr_uf6_udf_e_in_cm_ub2");
  }

  @Test
  void whatIsRegisteredAlreadyIsNamedAnew() {
    gauge("pool.main.active", 3);
    registry.meter("untouched").mark();

    use(POOLS);

    assertThat(samples())
        .containsOnly(
            entry("connections{pool=\"main\",state=\"active\"}", 3.0),
            entry("untouched_total", 1.0));
  }

  @Test
  void whatWasExcludedIsBackWithoutTheExclude() {
    registry.map(List.of(), List.of("pool.*.*"));
    gauge("pool.main.active", 3);
    assertThat(samples()).isEmpty();

    registry.map(List.of(), List.of());

    assertThat(samples()).containsOnly(entry("pool_main_active", 3.0));
  }

  @Test
  void aMappingResolvesAClash() {
    gauge("the.name", 1);
    gauge("the-name", 2);

    use(new MappingRule("the.name", "another_name", Map.of()));

    assertThat(samples()).contains(entry("another_name", 1.0), entry("the_name", 2.0));
  }

  @Test
  void ofTwoMetricsThatBecomeTheSameSeriesTheSecondIsDroppedCountedAndLoggedOnce() {
    use(new MappingRule("pool.*.*", "connections", Map.of("state", "${1}")));

    try (CapturedLog log = CapturedLog.of(BridgeRegistry.class.getPackage())) {
      gauge("pool.main.active", 3);
      gauge("pool.spare.active", 4);
      samples();

      assertThat(samples())
          .containsOnly(
              entry("connections{state=\"active\"}", 3.0),
              entry("metrics_bridge_dropped_total{metric=\"pool.spare.active\"}", 1.0));
      assertThat(log.messages())
          .containsExactly(
              "WARN pool.spare.active is left out of the metrics: connections{state=\"active\"}"
                  + " exists already. This is logged once.");
    }
  }

  @Test
  void aMetricOfAnotherKindDoesNotJoinAFamily() {
    use(POOLS);
    gauge("pool.main.active", 3);
    registry.histogram("pool.main.waits");

    assertThat(samples())
        .containsOnlyKeys(
            "connections{pool=\"main\",state=\"active\"}",
            "metrics_bridge_dropped_total{metric=\"pool.main.waits\"}");
  }

  @Test
  void aSeriesThatIsRemovedLeavesTheOthersOfItsFamily() {
    use(POOLS);
    gauge("pool.main.active", 3);
    gauge("pool.main.idle", 5);

    registry.remove("pool.main.active");

    assertThat(samples()).containsOnlyKeys("connections{pool=\"main\",state=\"idle\"}");
  }
}
