package dev.ss.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.bridge.Exposition;
import dev.ss.testkit.exposition.Scrape;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gauge that cannot be read costs the scrape its own value and nothing else. */
class IllGaugesTest {
  @RegisterExtension static final Greetings APP = new Greetings();

  private static Scrape first;

  @BeforeAll
  static void scrape() {
    first = APP.scrape();
  }

  @Test
  void theFirstScrapeAlreadySaysWhatIsMissing() {
    assertThat(first.value(dropped("greetings.throwing"))).isEqualTo(1);
    assertThat(first.value(dropped("greetings.hanging"))).isEqualTo(1);
  }

  @Test
  void theAnswerIsGoodAndHasEverythingElse() {
    HttpResponse<String> response = APP.get("/metrics");

    assertThat(response.statusCode()).isEqualTo(200);
    Scrape scrape = Exposition.parse(response.body());
    assertThat(scrape.value("greetings_queued")).isEqualTo(7);
    assertThat(scrape.value("greetings_sent_total")).isEqualTo(2);
    assertThat(scrape.value("metrics_bridge_collector_success{collector=\"jvm\"}")).isEqualTo(1);
    assertThat(response.body()).doesNotContain("nobody counts this");
  }

  @ParameterizedTest
  @ValueSource(strings = {"greetings.throwing", "greetings.hanging"})
  void whatFailsIsCountedEachTime(String metric) {
    double before = APP.scrape().value(dropped(metric));

    Scrape scrape = APP.scrape();

    assertThat(scrape.families()).doesNotContain(metric.replace('.', '_'));
    assertThat(scrape.value(dropped(metric))).isEqualTo(before + 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"greetings.motto", "greetings.languages", "greetings.last"})
  void whatIsNoNumberIsCountedOnce(String metric) {
    APP.scrape();

    Scrape scrape = APP.scrape();

    assertThat(scrape.families()).doesNotContain(metric.replace('.', '_'));
    assertThat(scrape.value(dropped(metric))).isEqualTo(1);
  }

  private static String dropped(String metric) {
    return "metrics_bridge_dropped_total{metric=\"" + metric + "\"}";
  }
}
