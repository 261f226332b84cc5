package dev.ss.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ss.bridge.Exposition;
import dev.ss.testkit.exposition.Scrape;
import java.net.http.HttpResponse;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The metrics section of the application's own config.yml. */
class ConfiguredMetricsTest {

  @Test
  void theDocumentedExampleDoesWhatItSays() throws Exception {
    try (Greetings app = new Greetings(Documentation.examples("yaml").get(0)).start()) {
      app.useEveryRoute();

      Scrape scrape = app.scrape();

      assertThat(scrape.value("db_pool_connections{pool=\"greetings\",state=\"active\"}")).isZero();
      assertThat(scrape.value("db_pool_connections{pool=\"greetings\",state=\"idle\"}"))
          .isEqualTo(1);
      assertThat(scrape.type("resource_seconds")).isEqualTo("histogram");
      assertThat(scrape.value("resource_seconds_count{method=\"greet\"}")).isEqualTo(2);
      assertThat(scrape.value("resource_seconds_count{method=\"fail\"}")).isEqualTo(1);
      assertThat(scrape.value("resource_seconds_bucket{method=\"greet\",le=\"0.3\"}")).isPositive();
      assertThat(scrape.value("greetings_length_bucket{le=\"39.0\"}")).isZero();
      assertThat(scrape.value("greetings_length_bucket{le=\"41.0\"}")).isEqualTo(1);
      assertThat(scrape.families())
          .noneMatch(family -> family.contains("filtering"))
          .noneMatch(family -> family.contains("queued_thread_pool"))
          .contains("greetings_queued");
    }
  }

  /** As dhatim's bundle has it. */
  @Test
  void thePageMayStayWhereItWasAtTheAdminConnector() throws Exception {
    try (Greetings app = Greetings.withAdmin(Documentation.examples("yaml").get(1)).start()) {
      app.useEveryRoute();

      Scrape scrape = Exposition.parse(app.getFromAdmin("/prometheus-metrics").body());

      assertThat(scrape.families()).contains("greetings_length");
      assertThat(app.get("/prometheus-metrics").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void aBoundBetweenTwoWholeNumbersDividesThem() throws Exception {
    try (Greetings app =
        new Greetings("metrics: {buckets: [{match: greetings.length, upperBounds: [39.5, 40.5]}]}")
            .start()) {
      Scrape scrape = app.scrape();

      assertThat(scrape.value("greetings_length_bucket{le=\"39.5\"}")).isZero();
      assertThat(scrape.value("greetings_length_bucket{le=\"40.5\"}")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "mappings: [{match: ab.cd}] | match 'ab.cd': it needs a match and a name",
        "mappings: [{match: ab.cd, name: x y}] | match 'ab.cd': 'x y' is no metric name",
        "mappings: [{match: ab.cd, name: xy, labels: {le: z}}] | match 'ab.cd': 'le' is no label",
        "mappings: [{match: ab.*, name: '${1}'}] | match 'ab.*': ${1} stands for none of its 1",
        "mappings: [{match: ab.cd, name: x}, {match: ab.cd, name: y}] | 'ab.cd': there are two",
        "mappings: [{match: ab.cd, name: x, labels: {one: z}}, {match: ab.ef, name: x}]"
            + " | match 'ab.ef': name x has other labels than in match 'ab.cd'",
        "mappings: [{match: 'ab..cd', name: x}] | match 'ab..cd': a segment is empty",
        "buckets: [{match: ab.cd, upperBounds: [2, 1]}] | match 'ab.cd': bucket bounds must be",
        "buckets: [{match: ab.cd, upperBounds: [1, 1e999]}] | match 'ab.cd': bucket bounds must be",
        "buckets: [{match: ab.cd}] | match 'ab.cd': it needs a match and upperBounds",
        "buckets: [{upperBounds: [1, 2]}] | match 'null': it needs a match and upperBounds",
        "concurrentScrapes: 0 | metrics.concurrentScrapes",
        "mapings: [] | mapings",
      })
  void whatIsWrongStopsTheApplicationAndIsNamed(String metrics, String message) {
    Greetings app = new Greetings("metrics: {" + metrics + "}");

    assertThatThrownBy(app::start).hasMessageContaining(message);
    app.close();
  }

  /** The one place is taken for a while by a scrape that waits for each of six gauges that hang. */
  @Test
  void moreScrapesThanConfiguredAreRefusedAtOnce() throws Exception {
    ExecutorService other = Executors.newSingleThreadExecutor();
    try (Greetings app = new Greetings("metrics: {concurrentScrapes: 1}").start()) {
      Meeting inside = new Meeting();
      IntStream.range(0, 6)
          .forEach(i -> app.metrics().registerGauge("a.slow.gauge." + i, inside::await));
      Future<HttpResponse<String>> first = other.submit(() -> app.get("/metrics"));
      inside.awaitArrival();

      HttpResponse<String> second = app.get("/metrics?name[]=another");
      inside.release();

      assertThat(second.statusCode()).isEqualTo(503);
      assertThat(second.headers().firstValue("Retry-After")).hasValue("1");
      assertThat(first.get().statusCode()).isEqualTo(200);
    } finally {
      other.shutdownNow();
    }
  }
}
