package dev.ss.metrics.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.metrics.Exposition;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gauge that cannot be read costs the scrape its own value and nothing else. */
class IllGaugesTest {
  @RegisterExtension static final Greetings APP = new Greetings();

  @Test
  void theFirstScrapeAlreadySaysWhatIsMissing() throws Exception {
    try (Greetings fresh = new Greetings().start()) {
      Exposition first = fresh.scrape();

      assertThat(first.value(dropped("greetings_throwing"))).isEqualTo(1);
      assertThat(first.value(dropped("greetings_hanging"))).isEqualTo(1);
    }
  }

  @Test
  void theAnswerIsGoodAndHasEverythingElse() {
    HttpResponse<String> response = APP.get("/metrics");

    assertThat(response.statusCode()).isEqualTo(200);
    Exposition scrape = Exposition.parse(response.body());
    assertThat(scrape.value("greetings_queued")).isEqualTo(7);
    assertThat(scrape.value("greetings_sent_total")).isEqualTo(2);
    assertThat(scrape.value("ss_collector_success{collector=\"jvm\"}")).isEqualTo(1);
    assertThat(response.body()).doesNotContain("nobody counts this");
  }

  @ParameterizedTest
  @ValueSource(strings = {"greetings_throwing", "greetings_hanging"})
  void whatFailsIsCountedEachTime(String family) {
    double before = APP.scrape().value(dropped(family));

    Exposition scrape = APP.scrape();

    assertThat(scrape.families()).doesNotContain(family);
    assertThat(scrape.value(dropped(family))).isEqualTo(before + 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"greetings_motto", "greetings_languages", "greetings_last"})
  void whatIsNoNumberIsCountedOnce(String family) {
    APP.scrape();

    Exposition scrape = APP.scrape();

    assertThat(scrape.families()).doesNotContain(family);
    assertThat(scrape.value(dropped(family))).isEqualTo(1);
  }

  private static String dropped(String family) {
    return "ss_metrics_dropped_total{metric=\"" + family + "\"}";
  }
}
