package dev.ss.api;

import static dev.ss.api.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ss.api.support.ApiServerExtension;
import dev.ss.testkit.client.Answer;
import dev.ss.testkit.client.RawHttp;
import dev.ss.testkit.exposition.Scrape;
import dev.ss.testkit.unit.CapturedLog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever clients send, and where the database is, reaches neither the metrics nor the logs. */
class LeakTest {
  private static final List<String> TABLES = List.of("jobs", "job_inputs");

  @RegisterExtension
  static final ApiServerExtension API = new ApiServerExtension("canary-database.db");

  private static final String BODY = "{\"job_type\": \"report\", \"input\": \"canary-input\"}";

  private CapturedLog logs;

  @BeforeEach
  void listen() {
    logs = CapturedLog.ofEverything();
  }

  @AfterEach
  void nothingLeaked() {
    awaitThatEverythingIsCounted();
    logs.close();
    assertThat(logs.text().contains("canary")).as("a log line has a canary").isFalse();
    assertThat(API.scrape().text().contains("canary")).as("a metric has a canary").isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /canary-path HTTP/1.1",
        "GET /v1/jobs/canary-id HTTP/1.1",
        "GET /v1/jobs/canary-id/output HTTP/1.1",
        "GET /v1/jobs/%2Fcanary HTTP/1.1",
        "GET /v1//canary HTTP/1.1",
        "GET /v1/jobs;canary=1 HTTP/1.1",
        "GET /v1/jobs?canary=1 HTTP/1.1",
        "GET /v1/jobs?state=canary HTTP/1.1",
        "GET /v1/jobs?job_type=canary HTTP/1.1",
        "GET /v1/jobs?cursor=canary HTTP/1.1",
        "GET /v1/jobs?label=canary:canary HTTP/1.1",
        "GET /v1/jobs?created_after=canary HTTP/1.1",
        "GET /v1/jobs/counts?error_code=canary HTTP/1.1",
        "POST /v1/jobs/cancel?label=canary:canary HTTP/1.1",
        "POST /v1/jobs/retry?state=failed&canary=canary HTTP/1.1",
        "GET /v1/jobs?state=%zzcanary HTTP/1.1",
        "GET /metrics?canary=1 HTTP/1.1",
        "GET /metrics?name[]=canary HTTP/1.1",
        "GET /canary-canary-%00 HTTP/1.1",
        "CANARY-canary /v1/jobs HTTP/1.1",
        "GET canary HTTP/1.1",
        "GET http://canary:canary@canary/v1/jobs HTTP/1.1",
        "GET /v1/jobs canary/1.1",
      })
  void aRequestLineLeavesNoTrace(String requestLine) {
    assertThat(API.raw().send(RawHttp.head(requestLine, "Connection: close")).status())
        .isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Idempotency-Key: canary",
        "Idempotency-Key: canary with spaces",
        "Content-Type: canary/canary",
        "Content-Type: canary",
        "Content-Type: application/json; charset=canary",
        "Content-Type: application/x-www-form-urlencoded",
        "Accept: canary",
        "Accept: canary/canary;q=canary",
        "Accept-Language: canary",
        "Accept-Encoding: canary",
        "Authorization: Basic canary",
        "Cookie: canary=canary; canary",
        "User-Agent: canary",
        "X-Forwarded-For: canary",
        "X-Request-Id: canary",
        "traceparent: canary",
        "Expect: canary",
        "Canary-canary: canary",
        "canary bad header: x",
        "Transfer-Encoding: canary",
        "Upgrade: canary",
      })
  void aHeaderLeavesNoTrace(String headerLine) {
    String type = headerLine.startsWith("Content-Type") ? "X: y" : "Content-Type: application/json";
    String length = "Content-Length: " + BODY.length();

    assertThat(
            API.raw()
                .send(
                    RawHttp.head(
                            "POST /v1/jobs HTTP/1.1", type, length, headerLine, "Connection: close")
                        + BODY)
                .status())
        .isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        BODY,
        "{\"job_type\": \"canary\", \"input\": \"canary\"}",
        "{\"job_type\": \"report\", \"canary\": \"canary\"}",
        "{\"job_type\": \"report\", \"input\": \"x\", \"run_at\": \"canary\"}",
        "{\"job_type\": \"report\", \"input\": \"x\", \"priority\": \"canary\"}",
        "{\"job_type\": \"report\", \"input\": \"canary\\ud800\"}",
        "{\"job_type\": \"report\", \"input\": \"x\", \"labels\": {\"canary\": \"canary\"}}",
        "{\"job_type\": \"report\", \"input\": \"x\", \"labels\": {\"canary:\": \"canary\"}}",
        "{\"job_type\": \"report\", \"input\": \"x\", \"parameters\": {\"canary\": \"canary\"}}",
        "{\"job_type\": \"report\", \"input\": \"x\", \"timeout\": \"canary\"}",
        "{\"canary\": 1, \"canary\": 1}",
        "canary",
        "{\"canary",
      })
  void aBodyLeavesNoTrace(String body) {
    assertThat(API.http().submit(body, "Idempotency-Key", "key-" + body.hashCode()).status())
        .isPositive();
  }

  @Test
  void aSubmissionThatFailsInTheDatabaseLeavesNoTrace() {
    for (String lost : TABLES) {
      API.rows().execute("alter table %s rename to lost".formatted(lost));
      try {
        assertProblem(submit("canary-key"), 500, "internal_error");
      } finally {
        API.rows().execute("alter table lost rename to %s".formatted(lost));
      }
    }
    awaitThatFailuresAreLogged();
  }

  @Test
  void aSubmissionTheDatabaseRefusesLeavesNoTrace() {
    for (String table : TABLES) {
      API.rows()
          .execute(
              "create trigger refusing before insert on %s begin select raise(abort, 'no'); end"
                  .formatted(table));
      try {
        assertProblem(submit("canary-key"), 500, "internal_error");
      } finally {
        API.rows().execute("drop trigger refusing");
      }
    }
    assertThat(API.rows().number("select count(*) from jobs where idempotency_key = 'canary-key'"))
        .isZero();
    awaitThatFailuresAreLogged();
  }

  /** At once for the first of a kind, and with the number of the others every ten seconds. */
  private void awaitThatFailuresAreLogged() {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> logs.text().contains("A request failed") || logs.text().contains("same error"));
  }

  @Test
  void aDefectOfTheServerIsLoggedWithoutTheRequest() {
    String jobId = API.http().submit(BODY).field("job_id");
    API.rows().execute("update jobs set state = 'impossible' where job_id = ?", jobId);

    Answer answer = API.http().get("/v1/jobs", "Idempotency-Key", "canary", "X", "canary");

    assertProblem(answer, 500, "internal_error");
    assertThat(answer.text()).doesNotContain("impossible", "Exception", "java");
    assertThat(logs.text()).contains("ERROR").contains("A request failed.");
    API.rows().execute("update jobs set state = 'queued' where job_id = ?", jobId);
  }

  /** Jetty counts, and logs, when the answer is complete, which may be after the client has it. */
  private static void awaitThatEverythingIsCounted() {
    double counted = counted();
    API.http().get("/health/live");
    await().until(() -> counted() > counted);
  }

  private static double counted() {
    return API.scrape()
        .valueOrZero(
            Scrape.series(
                "ss_http_requests_total",
                "method",
                "GET",
                "route",
                "/health/live",
                "status_code",
                "200"));
  }

  private static Answer submit(String key) {
    return API.http().submit(BODY.getBytes(StandardCharsets.UTF_8), "Idempotency-Key", key);
  }
}
