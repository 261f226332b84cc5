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
        "metrics: {mappingSets: [jetty, data-source, http-client, logback, executors]}";
    try (Greetings app = new Greetings(metrics).start()) {
      app.useEveryRoute();
      Exposition scrape = app.scrape();

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
      assertThat(scrape.samples()).containsKey("log_events_total{level=\"info\"}");
      assertThat(
              scrape.value("executor_threads_created_total{executor=\"jersey-client-greetings\"}"))
          .isNotNegative();
      assertThat(scrape.families())
          .noneMatch(family -> family.contains("eclipse") || family.contains("qos"))
          .noneMatch(family -> family.contains("servlet_context_handler"))
          .noneMatch(family -> family.contains("managed_pooled") || family.contains("apache"));
    }
  }

  @Test
  void soHaveHikarisPools() throws Exception {
    registry.map(List.of(), List.of(), List.of(MappingSet.HIKARI));
    try (HikariDataSource pool = new HikariDataSource()) {
      pool.setPoolName("orders");
      pool.setJdbcUrl("jdbc:sqlite::memory:");
      pool.setMetricRegistry(registry);
      pool.getConnection().close();

      Exposition scrape = Exposition.of(registry);
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

    Exposition scrape = Exposition.of(registry);
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
