package dev.ss.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.awaitility.Awaitility.await;

import com.codahale.metrics.Snapshot;
import com.codahale.metrics.Timer;
import dev.ss.testkit.exposition.Scrape;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Timers that Jetty, Jersey, JDBI and the HTTP client make are histograms, and still timers. */
class HistogramsTest {
  private static final String RESOURCE = "dev_ss_bridge_app_greeting_resource_";

  @RegisterExtension static final Greetings APP = new Greetings();

  private static Duration elapsed;

  @BeforeAll
  static void use() {
    elapsed = APP.useEveryRoute();
  }

  @ParameterizedTest
  @ValueSource(strings = {"greet", "later", "fail", "relay"})
  void aTimedMethodIsFourHistograms(String method) {
    Scrape scrape = APP.scrape();

    assertThat(scrape.type(RESOURCE + method + "_seconds")).isEqualTo("histogram");
    assertThat(scrape.type(RESOURCE + method + "_total_seconds")).isEqualTo("histogram");
    assertThat(scrape.type(RESOURCE + method + "_request_filtering_seconds"))
        .isEqualTo("histogram");
    assertThat(scrape.type(RESOURCE + method + "_response_filtering_seconds"))
        .isEqualTo("histogram");
  }

  @ParameterizedTest
  @CsvSource({
    "dev.ss.bridge.app.GreetingResource.greet,                    2",
    "dev.ss.bridge.app.GreetingResource.greet.total,              2",
    "dev.ss.bridge.app.GreetingResource.greet.request.filtering,  2",
    "dev.ss.bridge.app.GreetingResource.greet.response.filtering, 2",
    "dev.ss.bridge.app.GreetingResource.later,                    1",
    "dev.ss.bridge.app.GreetingResource.later.total,              1",
    "dev.ss.bridge.app.GreetingResource.fail,                     1",
    "dev.ss.bridge.app.GreetingResource.fail.total,               1",
    "dev.ss.bridge.app.GreetingResource.relay.total,              1",
    "dev.ss.bridge.app.GreetingDao.createTable,                   1",
    "dev.ss.bridge.app.GreetingDao.insert,                        1",
    "dev.ss.bridge.app.GreetingDao.count,                         1",
    "org.apache.hc.client5.http.classic.HttpClient.greetings.get-requests, 1",
    "io.dropwizard.jetty.MutableServletContextHandler.post-requests,      1"
  })
  void eachTimerCountsWhatHappened(String metric, int times) {
    String family = familyOf(metric);

    await(metric).untilAsserted(() -> assertCount(family, times));

    assertThat(APP.scrape().value(family + "_sum"))
        .as("seconds of all requests together")
        .isPositive()
        .isLessThan(elapsed.toNanos() / 1e9 + 1);
    assertStillATimer(APP.metrics().timer(metric), times);
  }

  /** Jetty and Jersey count a request when it has been answered. */
  private static void assertCount(String family, int times) {
    Scrape scrape = APP.scrape();
    assertThat(scrape.value(family + "_count")).isEqualTo(times);
    assertThat(scrape.value(family + "_bucket{le=\"+Inf\"}")).isEqualTo(times);
  }

  private static void assertStillATimer(Timer timer, int times) {
    assertThat(timer.getCount()).isEqualTo(times);
    assertThat(timer.getOneMinuteRate()).isFinite();
    assertThat(timer.getMeanRate()).isPositive();
    assertThat(timer.getSnapshot().getMedian())
        .isPositive()
        .isLessThanOrEqualTo(timer.getSnapshot().get99thPercentile());
  }

  private static String familyOf(String metric) {
    return APP.text()
        .lines()
        .filter(line -> line.endsWith("Dropwizard metric " + metric))
        .map(line -> line.split(" ", -1)[2])
        .findFirst()
        .orElseThrow();
  }

  @Test
  void jettyCountsItsConnections() {
    String family =
        familyOf("org.eclipse.jetty.server.HttpConnectionFactory.127.0.0.1.0.connections");

    assertThat(APP.scrape().type(family)).isEqualTo("histogram");
  }

  @Test
  void theApplicationsOwnTimerIsInSeconds() {
    Scrape scrape = APP.scrape();

    assertThat(scrape.value("greetings_writing_seconds_sum")).isEqualTo(0.25);
    assertThat(scrape.value("greetings_writing_seconds_bucket{le=\"0.1\"}")).isZero();
    assertThat(scrape.value("greetings_writing_seconds_bucket{le=\"0.25\"}")).isEqualTo(1);
  }

  @Test
  void itsPercentilesAreWithinHalfANativeBucket() {
    Snapshot snapshot = APP.metrics().timer(GreetingMetrics.WRITING).getSnapshot();

    assertThat(snapshot.getMedian()).isCloseTo(250e6, withinPercentage(4.5));
    assertThat(snapshot.get999thPercentile()).isCloseTo(250e6, withinPercentage(4.5));
    assertThat(snapshot.getMean()).isEqualTo(250e6);
  }
}
