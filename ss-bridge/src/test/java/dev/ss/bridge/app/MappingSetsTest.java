package dev.ss.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.InstrumentedExecutorService;
import com.codahale.metrics.InstrumentedThreadFactory;
import com.zaxxer.hikari.HikariDataSource;
import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.Exposition;
import dev.ss.bridge.MappingRule;
import dev.ss.bridge.MappingSet;
import dev.ss.testkit.exposition.Scrape;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The ready-made rules against the libraries that they are for. */
class MappingSetsTest {
  private final BridgeRegistry registry = new BridgeRegistry();

  @Test
  void whatDropwizardRegistersHasLabels() throws Exception {
    String metrics =
        "metrics: {mappingSets: [jetty, data-source, http-client, jdbi, logback, executors]}";
    try (Greetings app = new Greetings(metrics).start()) {
      app.useEveryRoute();
      Scrape scrape = app.scrape();

      assertThat(scrape.value("jetty_request_duration_seconds_count{method=\"get\"}")).isPositive();
      assertThat(scrape.value("jetty_responses_total{code=\"2xx\"}")).isPositive();
      assertThat(scrape.value("jetty_threads{pool=\"dw\"}")).isPositive();
      assertThat(scrape.samples().keySet())
          .anyMatch(
              series -> series.startsWith("jetty_connection_duration_seconds_count{connector="));
      assertThat(scrape.samples())
          .containsKey("db_pool_connections{pool=\"greetings\",state=\"idle\"}");
      assertThat(
              scrape.value(
                  "db_pool_connection_events_total{event=\"borrowed\",pool=\"greetings\"}"))
          .isPositive();
      assertThat(scrape.value("http_client_connections{client=\"greetings\",state=\"max\"}"))
          .isPositive();
      assertThat(
              scrape.value(
                  "http_client_request_duration_seconds_count{client=\"greetings\",method=\"get\"}"))
          .isPositive();
      assertThat(scrape.value("jdbi_statement_duration_seconds_count" + dao("insert")))
          .isEqualTo(1);
      assertThat(scrape.value("jdbi_statement_duration_seconds_count" + dao("count"))).isEqualTo(1);
      assertThat(scrape.samples()).containsKey("log_events_total{level=\"info\"}");
      assertThat(
              scrape.value("executor_threads_created_total{executor=\"jersey-client-greetings\"}"))
          .isNotNegative();
      assertThat(scrape.families())
          .noneMatch(family -> family.contains("eclipse") || family.contains("qos"))
          .noneMatch(family -> family.contains("servlet_context_handler"))
          .noneMatch(family -> family.contains("managed_pooled") || family.contains("apache"))
          .noneMatch(family -> family.contains("greeting_dao"))
          .contains("dev_ss_bridge_app_greeting_resource_greet_seconds");
    }
  }

  private static String dao(String method) {
    return "{dao=\"dev.ss.bridge.app.GreetingDao\",method=\"" + method + "\"}";
  }

  @Test
  void statementsAreKnownByTheNameOfTheirClass() {
    MappingRule ofAPackage =
        new MappingRule(
            "com.example.dao.*.*",
            "jdbi_statement_duration",
            Map.of("dao", "com.example.dao.${0}", "method", "${1}"),
            "timer",
            null,
            null,
            null);
    registry.map(List.of(ofAPackage), List.of(), List.of(MappingSet.JDBI));
    registry.timer("com.example.dao.Orders.list");
    registry.timer("com.example.ShopDAO.list");
    registry.timer("com.example.Shop$OrderDao.list");
    registry.timer("sql.raw");
    registry.timer("com.example.Daoist.list");
    registry.meter("com.example.ShopDAO.list.failures");
    registry.meter("com.example.ShopDAO.failures");

    String count = "jdbi_statement_duration_seconds_count";
    assertThat(Exposition.of(registry).samples())
        .containsKeys(
            count + "{dao=\"com.example.dao.Orders\",method=\"list\"}",
            count + "{dao=\"com.example.ShopDAO\",method=\"list\"}",
            count + "{dao=\"com.example.Shop$OrderDao\",method=\"list\"}",
            count + "{dao=\"sql\",method=\"raw\"}",
            "com_example_daoist_list_seconds_count",
            "com_example_shop_dao_list_failures_total",
            "com_example_shop_dao_failures_total");
  }

  @Test
  void soHaveHikarisPools() throws Exception {
    registry.map(List.of(), List.of(), List.of(MappingSet.HIKARI));
    try (HikariDataSource pool = new HikariDataSource()) {
      pool.setPoolName("orders");
      pool.setJdbcUrl("jdbc:sqlite::memory:");
      pool.setMetricRegistry(registry);
      pool.getConnection().close();

      Scrape scrape = Exposition.of(registry);
      assertThat(scrape.value("hikari_wait_seconds_count{pool=\"orders\"}")).isEqualTo(1);
      assertThat(scrape.samples())
          .containsKey("hikari_connections{pool=\"orders\",state=\"Active\"}")
          .containsKey("hikari_connections{pool=\"orders\",state=\"Max\"}")
          .containsKey("hikari_timeouts_total{pool=\"orders\"}");
      assertThat(scrape.families()).allMatch(family -> family.startsWith("hikari_"));
    }
  }

  @Test
  void soHaveExecutors() throws Exception {
    registry.map(List.of(), List.of(), List.of(MappingSet.EXECUTORS));
    ExecutorService threads =
        Executors.newFixedThreadPool(
            1, new InstrumentedThreadFactory(Executors.defaultThreadFactory(), registry, "mail"));
    ExecutorService executor = new InstrumentedExecutorService(threads, registry, "mail.out");
    executor.submit(() -> 7).get();

    Scrape scrape = Exposition.of(registry);
    executor.shutdown(); // which removes its gauges
    assertThat(scrape.value("executor_submitted_total{executor=\"mail.out\"}")).isEqualTo(1);
    assertThat(scrape.value("executor_tasks{executor=\"mail.out\",state=\"queued\"}")).isZero();
    assertThat(scrape.value("executor_pool_threads{executor=\"mail.out\",threads=\"max\"}"))
        .isEqualTo(1);
    assertThat(scrape.value("executor_threads_created_total{executor=\"mail\"}")).isEqualTo(1);
    assertThat(scrape.families()).allMatch(family -> family.startsWith("executor_"));
  }

  @Test
  void theApplicationsOwnRulesComeFirst() {
    registry.map(
        List.of(new MappingRule("ch.qos.logback.core.Appender.warn", "warnings", Map.of())),
        List.of(),
        List.of(MappingSet.LOGBACK));
    registry.meter("ch.qos.logback.core.Appender.warn");
    registry.meter("ch.qos.logback.core.Appender.error");
    registry.meter("ch.qos.logback.core.Appender.all");

    assertThat(Exposition.of(registry).samples())
        .containsOnlyKeys("log_events_total{level=\"error\"}", "warnings_total");
  }

  @Test
  void aSetThatThereIsNotStopsTheApplication() {
    Greetings app = new Greetings("metrics: {mappingSets: [jety]}");

    assertThatThrownBy(app::start)
        .hasMessageContaining("metrics.mappingSets: 'jety' is none of [jetty, data-source");
    app.close();
  }
}
