package dev.ss.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.codahale.metrics.Meter;
import dev.ss.bridge.ScrapedServer.Response;
import dev.ss.bridge.internal.export.Scrape;
import dev.ss.bridge.internal.scrape.Endpoint;
import dev.ss.testkit.unit.Together;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics.Exemplar;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics.MetricFamily;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class MetricsServletTest {
  private static final String OPEN_METRICS = "Accept: application/openmetrics-text";
  private static final String PROTOBUF =
      "Accept: application/vnd.google.protobuf;"
          + "proto=io.prometheus.client.MetricFamily;encoding=delimited";
  private static final int NATIVE_SCHEMA = 3;
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private final BridgeRegistry registry = new BridgeRegistry();
  private final AtomicInteger scrapes = new AtomicInteger();
  private ScrapedServer server;

  @BeforeEach
  void start() throws Exception {
    registry.meter("parcels").mark(3);
    registry.gauge("load", () -> () -> 7);
    registry.timer("ride").update(Duration.ofMillis(250));
    server = new ScrapedServer(new MetricsServlet(registry, 2, scrapes::incrementAndGet));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void byDefaultItIsTextOfVersion004() {
    Response response = server.get();

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers())
        .containsEntry("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        .containsEntry("Vary", "Accept, Accept-Encoding")
        .doesNotContainKey("Content-Encoding");
    assertThat(Exposition.parse(response.text()).families())
        .containsExactly("load", "parcels_total", "ride_seconds");
  }

  @Test
  void openMetricsEndsWithEof() {
    Response response = server.get(OPEN_METRICS);

    assertThat(response.headers().get("Content-Type"))
        .startsWith("application/openmetrics-text; version=1.0.0");
    assertThat(response.text())
        .contains("# TYPE parcels counter\n")
        .contains("# TYPE ride_seconds histogram\n# UNIT ride_seconds seconds\n")
        .endsWith("\n# EOF\n");
  }

  @Test
  void openMetricsCarriesExemplars() {
    ((BucketTimer) registry.timer("ride")).update(30_000_000, Optional.of(TRACE));

    assertThat(server.get(OPEN_METRICS).text())
        .contains("ride_seconds_bucket{le=\"0.05\"} 1 # {trace_id=\"" + TRACE + "\"} 0.03 ");
    assertThat(server.get().text()).doesNotContain(TRACE);
  }

  @Test
  void protobufCarriesNativeBuckets() throws Exception {
    Response response = server.get(PROTOBUF);

    assertThat(response.headers().get("Content-Type"))
        .startsWith("application/vnd.google.protobuf;");
    Map<String, MetricFamily> families = families(response.body());
    assertThat(families).containsOnlyKeys("load", "parcels_total", "ride_seconds");
    var histogram = families.get("ride_seconds").getMetric(0).getHistogram();
    assertThat(histogram.getSchema()).isEqualTo(NATIVE_SCHEMA);
    assertThat(histogram.getPositiveSpan(0).getOffset()).as("of 2^(-16/8) s").isEqualTo(-16);
    assertThat(histogram.getPositiveDeltaList()).containsExactly(1L);
    assertThat(histogram.getSampleCount()).isEqualTo(1);
    assertThat(histogram.getSampleSum()).isEqualTo(.25);
    assertThat(histogram.getBucketCount()).as("classic ones, with +Inf").isEqualTo(12);
  }

  /** So that Prometheus sees the first increase of a series that is new to it. */
  @Test
  void protobufSaysSinceWhenASeriesCounts() throws Exception {
    long before = System.currentTimeMillis() / 1000;
    registry.timer("walk");
    Meter counted = new Meter();
    counted.mark(1_000_000);
    registry.register("earlier", counted);

    Map<String, MetricFamily> families = families(server.get(PROTOBUF).body());
    assertThat(
            families
                .get("walk_seconds")
                .getMetric(0)
                .getHistogram()
                .getCreatedTimestamp()
                .getSeconds())
        .isBetween(before, before + 60);
    assertThat(families.get("parcels_total").getMetric(0).getCounter().hasCreatedTimestamp())
        .isTrue();
    assertThat(families.get("earlier_total").getMetric(0).getCounter().hasCreatedTimestamp())
        .as("it had counted before")
        .isFalse();
  }

  @Test
  void anExemplarMayNameItsSpan() {
    ((BucketTimer) registry.timer("ride")).update(30_000_000, TRACE, "00f067aa0ba902b7");

    assertThat(server.get(OPEN_METRICS).text())
        .contains(" # {span_id=\"00f067aa0ba902b7\",trace_id=\"" + TRACE + "\"} 0.03 ");
  }

  /** Prometheus looks for them there when it takes native buckets. */
  @Test
  void protobufHasExemplarsBesideNativeBucketsToo() throws Exception {
    BucketTimer ride = (BucketTimer) registry.timer("ride");
    ride.update(30_000_000, TRACE, "00f067aa0ba902b7");
    ride.update(3_000_000_000L, TRACE, "b7ad6b7169203331");

    var histogram =
        families(server.get(PROTOBUF).body()).get("ride_seconds").getMetric(0).getHistogram();

    assertThat(histogram.getExemplarsList())
        .allSatisfy(exemplar -> assertThat(exemplar.hasTimestamp()).isTrue())
        .extracting(exemplar -> exemplar.getLabel(0).getValue(), Exemplar::getValue)
        .containsExactly(tuple("00f067aa0ba902b7", .03), tuple("b7ad6b7169203331", 3.0));
  }

  /** As between the clocks of two machines. */
  @Test
  void theExemplarOfANegativeDurationIsZeroToo() {
    ((BucketTimer) registry.timer("ride")).update(-30_000_000, TRACE, "00f067aa0ba902b7");

    assertThat(server.get(OPEN_METRICS).text()).contains("trace_id=\"" + TRACE + "\"} 0.0 ");
  }

  @Test
  void openMetricsSaysSinceWhenASeriesCountsIfItIsAskedTo() {
    long before = System.currentTimeMillis() / 1000;
    registry.timer("walk");
    Meter counted = new Meter();
    counted.mark();
    registry.register("earlier", counted);

    String with = server.ask("GET", "?created=true", OPEN_METRICS).text();
    double created =
        with.lines()
            .filter(line -> line.startsWith("walk_seconds_created "))
            .mapToDouble(line -> Double.parseDouble(line.split(" ", 2)[1]))
            .findFirst()
            .orElseThrow();

    assertThat(created).isBetween((double) before, before + 60.0);
    assertThat(with).contains("\nparcels_created ").doesNotContain("earlier_created");
    assertThat(server.get(OPEN_METRICS).text()).doesNotContain("_created");
    assertThat(server.ask("GET", "?created=true").text()).doesNotContain("_created");
  }

  /** Names have nothing to escape, and so are what any of the schemes makes of them. */
  @ParameterizedTest
  @CsvSource({
    "application/openmetrics-text;version=1.0.0, ",
    "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8, allow-utf-8",
    "application/openmetrics-text;version=1.0.0;escaping=dots, underscores",
    "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;escaping=values,"
        + " underscores",
    "text/plain;version=0.0.4;escaping=allow-utf-8, "
  })
  void theAnswerSaysHowNamesAreEscapedToWhoeverAsks(String accept, String escaping) {
    String type = server.get("Accept: " + accept).headers().get("Content-Type");

    if (escaping == null) {
      assertThat(type).doesNotContain("escaping");
    } else {
      assertThat(type).endsWith("; escaping=" + escaping);
    }
  }

  private static Map<String, MetricFamily> families(byte[] body) {
    return PageValues.families(body).stream()
        .collect(Collectors.toMap(MetricFamily::getName, Function.identity()));
  }

  /** Undotted, with underscores for what is not allowed, whatever the client could bear. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain;version=1.0.0;escaping=allow-utf-8",
        "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8",
        "text/plain;version=0.0.4",
        "*/*"
      })
  void namesAreTheSameForEveryScraper(String accept) {
    registry.gauge("some.dotted-name", () -> () -> 1);

    assertThat(server.get("Accept: " + accept).text())
        .contains("\nsome_dotted_name 1.0\n")
        .doesNotContain("\n{\"");
  }

  @Test
  void garbageInTheHeadersIsNoObstacle() {
    Response response =
        server.get("Accept: " + "q=;/,*\"".repeat(1000), "Accept-Encoding: " + ";q,=".repeat(1000));

    assertThat(response.status()).isEqualTo(200);
    assertThat(Exposition.parse(response.text()).families()).hasSize(3);
  }

  @Test
  void severalHeadersAreReadAsOne() {
    Response response =
        server.get(
            "Accept: text/plain;q=0.1",
            OPEN_METRICS,
            "Accept-Encoding: br",
            "Accept-Encoding: gzip");

    assertThat(response.headers())
        .containsEntry("Content-Encoding", "gzip")
        .hasEntrySatisfying("Content-Type", type -> assertThat(type).contains("openmetrics"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate, gzip;q=1.0", "br, GZIP ; q = 0.5", "gzip;q=0.001"})
  void whoLikesGzipGetsIt(String encodings) throws Exception {
    Response response = server.get("Accept-Encoding: " + encodings);

    assertThat(response.headers()).containsEntry("Content-Encoding", "gzip");
    assertThat(response.unpacked()).isEqualTo(server.get().text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip;q=0", "gzip; q=0.000", "identity", "deflate, br", "", "xgzip"})
  void whoDoesNotLikeGzipGetsPlainText(String encodings) {
    Response response = server.get("Accept-Encoding: " + encodings);

    assertThat(response.headers()).doesNotContainKey("Content-Encoding");
    assertThat(response.text()).isEqualTo(server.get().text());
  }

  @ParameterizedTest
  @CsvSource({
    "load,                 load",
    "parcels,              parcels_total",
    "parcels_total,        parcels_total",
    "ride_seconds,         ride_seconds",
    "ride_seconds_bucket,  ride_seconds",
    "ride_seconds_count,   ride_seconds",
    "ride_seconds_sum,     ride_seconds",
  })
  void aFamilyIsNamedByItsNameOrByOneOfItsSamples(String name, String family) {
    Response response = server.ask("GET", "?name[]=" + name);

    assertThat(Exposition.parse(response.text()).families()).containsExactly(family);
  }

  @ParameterizedTest
  @ValueSource(strings = {"edition", "edition_info"})
  void anInfoIsNamedByEitherNameToo(String name) {
    PrometheusRegistry other = new PrometheusRegistry();
    Info.builder().name("edition_info").labelNames("year").register(other).setLabelValues("1999");
    registry.collector("other", other::scrape);

    assertThat(server.ask("GET", "?name[]=" + name).text())
        .contains("edition_info{year=\"1999\"} 1");
  }

  @Test
  void severalFamiliesMayBeNamed() {
    assertThat(
            Exposition.parse(server.ask("GET", "?name[]=load&name%5B%5D=parcels&other=x").text())
                .families())
        .containsExactly("load", "parcels_total");
  }

  @Test
  void aNameThatNothingHasGivesNothing() {
    Response response = server.ask("GET", "?name[]=nothing");

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.text()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"?name[]=%zz", "?%", "?name[]=%f"})
  void aBrokenQueryIsABadRequest(String query) {
    assertThat(server.ask("GET", query).status()).isEqualTo(400);
    assertThat(scrapes).hasValue(0);
  }

  @Test
  void bytesThatAreNoTextAreNoServerError() {
    assertThat(server.ask("GET", "?name[]=%ff%fe").status()).isBetween(200, 499);
  }

  @Test
  void headHasTheHeadersAndNoBody() {
    Response head = server.ask("HEAD", "");

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers())
        .containsEntry("Content-Length", Integer.toString(server.get().body().length));
  }

  @Test
  void onlyAGetIsAScrape() {
    server.ask("HEAD", "");
    assertThat(scrapes).hasValue(0);

    server.get();
    await().untilAsserted(() -> assertThat(scrapes).hasValue(1));
  }

  @Test
  void aPeekIsAnsweredLikeAScrapeAndIsNone() {
    Response peek = server.ask("GET", "?peek&name[]=ride_seconds");
    server.get();

    assertThat(peek.text()).isEqualTo(server.ask("GET", "?peek&name[]=ride_seconds").text());
    assertThat(peek.text()).contains("ride_seconds_count").doesNotContain("jvm_");
    await().untilAsserted(() -> assertThat(scrapes).hasPositiveValue());
    assertThat(scrapes).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"})
  void otherMethodsAreNotAllowed(String method) {
    Response response = server.ask(method, "", "Content-Length: 0");

    assertThat(response.status()).isEqualTo(405);
    assertThat(response.headers()).containsEntry("Allow", "GET, HEAD");
  }

  @Test
  void oneDifferentScrapeTooManyIsTurnedAwayAtOnce() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    MetricsServlet slow =
        new MetricsServlet(
            unguarded(
                new Endpoint(
                    wanted -> held(inside, release, wanted), 1, scrapes::incrementAndGet)));
    try (ScrapedServer busy = new ScrapedServer(slow)) {
      CompletableFuture<Response> first = CompletableFuture.supplyAsync(busy::get);
      assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();

      Response second = busy.ask("GET", "?name[]=load");

      assertThat(second.status()).isEqualTo(503);
      assertThat(second.headers()).containsEntry("Retry-After", "1");
      release.countDown();
      assertThat(first.get(10, TimeUnit.SECONDS).status()).isEqualTo(200);
      // The answer is there before its place is free again.
      await("there is room again").until(() -> busy.get().status() == 200);
    } finally {
      release.countDown();
    }
  }

  private static GuardedEndpoint unguarded(Endpoint endpoint) {
    return new GuardedEndpoint(endpoint, ScrapeAccess.OPEN);
  }

  @Test
  void whoIsRefusedGetsWhatTheApplicationSays() throws Exception {
    ScrapeAccess access =
        request ->
            request.header("Authorization").equals(Optional.of("Bearer right"))
                ? Optional.empty()
                : Optional.of(new ScrapeAccess.Refusal(401, Map.of("WWW-Authenticate", "Bearer")));
    Endpoint endpoint = new Endpoint(registry::scrape, 1, scrapes::incrementAndGet);
    try (ScrapedServer guarded =
        new ScrapedServer(new MetricsServlet(new GuardedEndpoint(endpoint, access)))) {
      Response refused = guarded.get("Authorization: Bearer wrong");

      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.headers()).containsEntry("WWW-Authenticate", "Bearer");
      assertThat(refused.text()).doesNotContain("parcels");
      assertThat(guarded.get("Authorization: Bearer right").status()).isEqualTo(200);
    }
  }

  private Scrape held(CountDownLatch inside, CountDownLatch release, Predicate<String> wanted) {
    inside.countDown();
    try {
      release.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return registry.scrape(wanted);
  }

  /** Their bodies are used again and again, and must not get into each other. */
  @Test
  void scrapesAtOnceGetWholeAnswersEach() throws Exception {
    MetricsServlet roomy = new MetricsServlet(registry, 10, () -> {});
    try (ScrapedServer shared = new ScrapedServer(roomy)) {
      // Without the gauge, which may be late when the machine is busy.
      String ride = "?name[]=ride_seconds";
      String text = shared.ask("GET", ride).text();
      String openMetrics = shared.ask("GET", ride, OPEN_METRICS).text();

      Together.inThreads(
          2,
          () -> {
            for (int i = 0; i < 200; i++) {
              assertThat(shared.ask("GET", ride, "Accept-Encoding: gzip").unpacked())
                  .isEqualTo(text);
              assertThat(shared.ask("GET", ride, OPEN_METRICS).text()).isEqualTo(openMetrics);
            }
            return true;
          });
    }
  }

  @Test
  void aScrapeThatFailsFreesItsPlace() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    MetricsServlet moody =
        new MetricsServlet(
            unguarded(
                new Endpoint(
                    wanted -> {
                      if (calls.getAndIncrement() == 0) {
                        throw new IllegalStateException("the first fails");
                      }
                      return registry.scrape(wanted);
                    },
                    1,
                    () -> {})));
    try (ScrapedServer flaky = new ScrapedServer(moody)) {
      assertThat(flaky.get().status()).isEqualTo(500);
      assertThat(flaky.get().status()).isEqualTo(200);
    }
  }
}
