package dev.ss.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.codahale.metrics.MetricRegistry;
import dev.ss.testkit.exposition.Scrape;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.instrumentation.dropwizard5.labels.MapperConfig;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Names and labels that the bridge of the Java client, 1.4.3, gives, and those that ours does. */
class StockBridgeComparisonTest {
  private static final MapperConfig CONTROLLERS =
      new MapperConfig(
          "org.company.controller.*.status.*",
          "org.company.controller",
          Map.of("controller", "${0}", "status", "${1}"));

  private final MetricRegistry plain = new MetricRegistry();
  private final BridgeRegistry bridge = new BridgeRegistry();

  /** Both registries get the same. */
  private void given(Consumer<MetricRegistry> content) {
    content.accept(plain);
    content.accept(bridge);
  }

  private void gauges(String... names) {
    for (String name : names) {
      given(registry -> registry.registerGauge(name, () -> 1));
    }
  }

  private Set<String> stock(MapperConfig... mappings) {
    return Scrape.parse(new StockBridge(plain, List.of(mappings)).scrape()).samples().keySet();
  }

  private Set<String> ours(MapperConfig... mappings) {
    bridge.map(StockMappings.rules(List.of(mappings)), List.of());
    return Exposition.of(bridge).samples().keySet();
  }

  private static MapperConfig entry(String match, String name, Map<String, String> labels) {
    return new MapperConfig(match, name, labels);
  }

  /** Entries of each shape there is, a gauge that matches, and its series. */
  static Stream<Arguments> entries() {
    return Stream.of(
        arguments(
            CONTROLLERS,
            "org.company.controller.save.status.400",
            "org_company_controller{controller=\"save\",status=\"400\"}"),
        arguments(
            entry("app.*.cache.*", "cache_${1}", Map.of("app", "${0}")),
            "app.shop.cache.hits",
            "cache_hits{app=\"shop\"}"),
        arguments(
            entry("*.pool.*", "${0}.pool.${1}", Map.of()), "main.pool.size", "main_pool_size"),
        arguments(
            entry("*.*.*", "thing", Map.of("path", "/${0}/${2}/${0}")),
            "one.two.three",
            "thing{path=\"/one/three/one\"}"),
        arguments(entry("app.queue", "queue_length", Map.of()), "app.queue", "queue_length"),
        arguments(
            entry("app.queue", "queue_length", Map.of("app", "shop")),
            "app.queue",
            "queue_length{app=\"shop\"}"),
        arguments(
            entry("my-app.*.up_time", "up_time", Map.of("host", "${0}")),
            "my-app.host-1.up_time",
            "up_time{host=\"host-1\"}"),
        arguments(entry("app.*", "app", Map.of("part", "${0}")), "app.one.two", "app_one_two"));
  }

  @ParameterizedTest
  @MethodSource("entries")
  void anEntryNamesAGaugeAndItsLabelsAlike(MapperConfig entry, String gauge, String series) {
    gauges(gauge);

    assertThat(stock(entry)).containsExactly(series);
    assertThat(ours(entry)).containsExactly(series);
  }

  @Test
  void theFirstEntryThatMatchesDecides() {
    gauges("app.shop.load", "app.mail.load");
    MapperConfig special = entry("app.shop.load", "shop_load", Map.of());
    MapperConfig general = entry("app.*.load", "app_load", Map.of("app", "${0}"));

    assertThat(stock(special, general))
        .containsExactlyInAnyOrder("shop_load", "app_load{app=\"mail\"}");
    assertThat(ours(special, general)).isEqualTo(stock(special, general));
  }

  @Test
  void anEntryNamesAHistogramAlike() {
    given(registry -> registry.histogram("org.company.controller.save.status.ok"));

    String count = "org_company_controller_count{controller=\"save\",status=\"ok\"}";
    assertThat(stock(CONTROLLERS)).contains(count);
    assertThat(ours(CONTROLLERS)).contains(count);
  }

  @Test
  void aTimerIsInSecondsHere() {
    given(registry -> registry.timer("org.company.controller.save.status.ok"));

    String labels = "{controller=\"save\",status=\"ok\"}";
    assertThat(stock(CONTROLLERS)).contains("org_company_controller_count" + labels);
    assertThat(ours(CONTROLLERS)).contains("org_company_controller_seconds_count" + labels);
  }

  @Test
  void aCounterIsAGaugeHere() {
    given(registry -> registry.counter("org.company.controller.save.status.ok"));

    String labels = "{controller=\"save\",status=\"ok\"}";
    assertThat(stock(CONTROLLERS)).containsExactly("org_company_controller_total" + labels);
    assertThat(ours(CONTROLLERS)).containsExactly("org_company_controller" + labels);
  }

  /** There, {@code _total} is behind the name that is matched for a new name, not for labels. */
  @Test
  void aMeterIsMatchedByItsOwnNameHere() {
    given(registry -> registry.meter("doors.front.opened"));
    MapperConfig own = entry("doors.*.opened", "opened", Map.of("door", "${0}"));
    MapperConfig total = entry("doors.*.opened_total", "opened", Map.of("door", "${0}"));

    assertThat(ours(own)).containsExactly("opened_total{door=\"front\"}");
    assertThat(stock(own)).containsExactly("doors_front_opened_total{door=\"front\"}");
    assertThat(stock(total)).containsExactly("opened_total");
    assertThat(ours(total)).containsExactly("doors_front_opened_total");
  }

  @Test
  void namesAreInSnakeCaseHere() {
    gauges("app.mailServer.load");
    MapperConfig entry = entry("app.*.load", "${0}Load", Map.of("app", "${0}"));

    assertThat(stock(entry)).containsExactly("mailServerLoad{app=\"mailServer\"}");
    assertThat(ours(entry)).containsExactly("mail_server_load{app=\"mailServer\"}");
  }

  @Test
  void aDottedNameIsAnotherSeriesForPrometheus3ThereAndTheSameHere() {
    gauges("some.load");
    StockBridge stock = new StockBridge(plain);

    assertThat(stock.scrape(EscapingScheme.UNDERSCORE_ESCAPING)).contains("\nsome_load 1.0");
    assertThat(stock.scrape(EscapingScheme.ALLOW_UTF8)).contains("{\"some.load\"} 1.0");
    assertThat(Exposition.text(bridge)).contains("\nsome_load 1.0").doesNotContain("\"some.load\"");
  }
}
