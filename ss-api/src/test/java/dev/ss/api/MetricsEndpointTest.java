package dev.ss.api;

import static dev.ss.api.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.api.support.ApiServerExtension;
import dev.ss.testkit.client.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /metrics}, as scrapers and others ask for it. */
class MetricsEndpointTest {
  @RegisterExtension static final ApiServerExtension API = new ApiServerExtension();

  private static final String PROTOBUF =
      "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/*                                       | text/plain; version=0.0.4",
        "text/plain                                | text/plain; version=0.0.4",
        "text/html                                 | text/plain; version=0.0.4",
        "nonsense                                  | text/plain; version=0.0.4",
        "application/openmetrics-text              | application/openmetrics-text; version=1.0.0",
        "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1"
            + "| application/openmetrics-text; version=1.0.0",
      })
  void aScraperGetsTheFormatItAsksFor(String accept, String contentType) {
    Answer answer = API.http().get("/metrics", "Accept", accept);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type").orElseThrow()).startsWith(contentType);
    assertThat(answer.text()).contains("ss_http_requests_in_flight 1.0");
  }

  @Test
  void aScraperThatAsksForProtobufGetsIt() {
    Answer answer = API.http().get("/metrics", "Accept", PROTOBUF);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type").orElseThrow())
        .startsWith("application/vnd.google.protobuf");
    assertThat(new String(answer.body(), StandardCharsets.ISO_8859_1))
        .contains("ss_http_requests_in_flight");
  }

  @Test
  void aScrapeIsPackedOnRequest() throws IOException {
    Answer answer = API.http().get("/metrics", "Accept-Encoding", "gzip");

    assertThat(answer.header("Content-Encoding")).contains("gzip");
    assertThat(
            new String(
                new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes(),
                StandardCharsets.UTF_8))
        .contains("ss_http_requests_in_flight 1.0");
  }

  @Test
  void aScrapeCanBeLimitedToFamilies() {
    List<String> families =
        API.http()
            .get("/metrics?name%5B%5D=ss_build_info")
            .text()
            .lines()
            .filter(line -> !line.startsWith("#"))
            .toList();

    assertThat(families).hasSize(1).first().asString().startsWith("ss_build_info{");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?",
        "?x",
        "?=",
        "?name[]",
        "?name[]=",
        "?name[]=nothing",
        "?name[]=%ff",
        "?%ff=1"
      })
  void aQueryNobodyUnderstandsDoesNotFailAScrape(String query) {
    assertThat(API.raw().request("GET", "/metrics" + query).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"?%zz", "?name[]=%zz", "?name[]=%", "?name[]=%u0041"})
  void aQueryThatIsBrokenIsTheClientsMistake(String query) {
    assertProblem(API.raw().request("GET", "/metrics" + query), 400, "bad_request");
  }

  @Test
  void everyCountOfAProcessThatHasJustStartedIsThereAtZero() {
    String scrape = API.scrape().text();

    for (String event : List.of("created", "deduplicated", "retried", "cancelled")) {
      assertThat(scrape.lines())
          .contains("ss_jobs_total{event=\"%s\",job_type=\"report\"} 0.0".formatted(event));
    }
  }

  @Test
  void noFamilyIsWrittenTwice() {
    assertThat(API.scrape().text().lines().filter(line -> line.startsWith("# TYPE ")).toList())
        .isNotEmpty()
        .doesNotHaveDuplicates();
  }
}
