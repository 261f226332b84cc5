package dev.ss.api;

import static dev.ss.api.support.Problems.assertProblem;
import static dev.ss.testkit.exposition.Scrape.series;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.api.support.ApiServerExtension;
import dev.ss.testkit.client.Answer;
import dev.ss.testkit.exposition.Scrape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser sends for a page of another site changes nothing and reads nothing. */
class DoorsTest {
  @RegisterExtension static final ApiServerExtension API = new ApiServerExtension();

  private static final String JOB = "/v1/jobs/019ab000-0000-7000-8000-000000000000";

  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example", "evil.example:8000", "localhost.evil.example", "10.0.0.1"})
  void aForeignHostIsMisdirected(String host) {
    Scrape before = API.scrape();
    for (String path : List.of("/v1/jobs", "/metrics", "/", "/nowhere", "/health/live")) {
      Answer answer = send("GET " + path, "Host: " + host);
      assertProblem(answer, 421, "unknown_host");
      assertSafe(answer);
    }
    assertThat(API.scrape().grownSince(before, "ss_access_denied_total"))
        .isEqualTo(Map.of(series("ss_access_denied_total", "reason", "host"), 5.0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:1", "127.0.0.1:8000", "[::1]:8000", "localhost."})
  void theOwnNamesAreServed(String host) {
    assertThat(send("GET /health/live", "Host: " + host).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Site: cross-site",
    "Sec-Fetch-Site: same-site",
    "Origin: https://evil.example",
    "Origin: null"
  })
  void aPageOfAnotherSiteChangesNothing(String header) {
    Scrape before = API.scrape();
    for (String request :
        List.of("POST " + JOB + "/cancel", "POST " + JOB + "/retry", "POST /v1/jobs")) {
      assertProblem(send(request, "Host: localhost", header), 403, "cross_site");
    }
    assertThat(send("GET /v1/jobs", "Host: localhost", header).status()).isEqualTo(200);
    assertThat(API.scrape().grownSince(before, "ss_access_denied_total"))
        .isEqualTo(Map.of(series("ss_access_denied_total", "reason", "cross_site"), 3.0));
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Site: same-origin",
    "Sec-Fetch-Site: none",
    "Origin: http://localhost",
    "X-Anything: else"
  })
  void theOwnPageAndProgramsAreServed(String header) {
    assertProblem(send("POST " + JOB + "/cancel", "Host: localhost", header), 404, "job_not_found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/jobs",
        "/v1/workers",
        "/health/ready",
        "/metrics",
        "/nowhere",
        "/v1/jobs/x",
        "/%00",
        "/v1/jobs?no=such"
      })
  void everyResponseIsForTheClientAlone(String path) {
    assertSafe(send("GET " + path, "Host: localhost"));
    assertSafe(send("DELETE " + path, "Host: localhost"));
  }

  @Test
  void aBrowserIsToldNotToGuessWhatAnOutputIs() {
    String jobId = API.http().submitted();
    API.rows().succeed(jobId);
    API.rows().wrote(jobId, 1, new byte[1], new byte[1]);

    for (String stream : List.of("/output", "/log")) {
      Answer answer = send("GET /v1/jobs/" + jobId + stream, "Host: localhost");
      assertThat(answer.status()).isEqualTo(200);
      assertSafe(answer);
    }
  }

  @Test
  void thePageHasItsOwnPolicy() {
    Answer page = send("GET /", "Host: localhost");

    assertThat(page.headers().allValues("Content-Security-Policy")).hasSize(1);
    assertThat(page.header("Content-Security-Policy").orElseThrow()).contains("script-src 'self'");
    assertThat(page.headers().allValues("Cache-Control")).containsExactly("no-cache");
    assertThat(page.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
  }

  private static void assertSafe(Answer answer) {
    assertThat(answer.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
    assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
    assertThat(answer.headers().allValues("Content-Security-Policy"))
        .containsExactly("default-src 'none'; frame-ancestors 'none'");
  }

  private static Answer send(String methodAndPath, String... headers) {
    return API.raw()
        .send(
            methodAndPath
                + " HTTP/1.1\r\n"
                + String.join("\r\n", headers)
                + "\r\nConnection: close\r\n\r\n");
  }
}
