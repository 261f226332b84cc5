package dev.ss.api.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.MetricsHandler;
import dev.ss.testkit.exposition.Scrape;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpMetricsTest {
  private static final Route JOB = Route.ofTemplate("/v1/jobs/{job_id}");
  private static final String LABELS = "{method=\"%s\",route=\"%s\",status_code=\"%s\"}";

  private final BridgeRegistry registry = new BridgeRegistry();
  private final HttpMetrics metrics = new HttpMetrics(registry);

  @Test
  void anAnswerIsCountedAndTimed() {
    metrics.answered("GET", JOB, 200, TimeUnit.MILLISECONDS.toNanos(30), Optional.empty());

    assertCounted("GET", "/v1/jobs/{job_id}", "200");
    assertThat(
            Scrape.of(new MetricsHandler(registry))
                .value(
                    "ss_http_request_duration_seconds_sum"
                        + LABELS.formatted("GET", "/v1/jobs/{job_id}", "200")))
        .isEqualTo(0.03);
  }

  @ParameterizedTest
  @ValueSource(strings = {"BREW", "get", "", "GET ", "PROPFIND"})
  void aMethodAClientMadeUpIsOther(String method) {
    metrics.answered(method, JOB, 405, 1, Optional.empty());

    assertCounted("_OTHER", "/v1/jobs/{job_id}", "405");
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 99, 600, 1000})
  void aStatusThatIsNoneIsOther(int status) {
    metrics.answered("GET", JOB, status, 1, Optional.empty());

    assertCounted("GET", "/v1/jobs/{job_id}", "_other");
  }

  @Test
  void aPathWithoutARouteIsUnmatched() {
    metrics.answered("GET", Route.UNMATCHED, 404, 1, Optional.empty());

    assertCounted("GET", "unmatched", "404");
  }

  private void assertCounted(String method, String route, String status) {
    String labels = LABELS.formatted(method, route, status);
    Scrape scrape = Scrape.of(new MetricsHandler(registry));
    assertThat(scrape.value("ss_http_requests_total" + labels)).isEqualTo(1);
    assertThat(scrape.value("ss_http_request_duration_seconds_count" + labels)).isEqualTo(1);
  }

  @Test
  void aFaultInCountingDoesNotReachTheRequest() {
    Route withoutTemplate = Route.ofTemplate(null);

    assertThatCode(() -> metrics.answered("GET", withoutTemplate, 200, 1, Optional.empty()))
        .doesNotThrowAnyException();
  }

  @Test
  void requestsThatAreNotOverAreInFlight() {
    metrics.began();
    metrics.began();
    metrics.ended();

    assertThat(Scrape.of(new MetricsHandler(registry)).value("ss_http_requests_in_flight"))
        .isEqualTo(1);
  }
}
