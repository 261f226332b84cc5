package dev.ss.api.http;

import static dev.ss.api.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.api.support.ApiResources;
import dev.ss.testkit.client.Answer;
import dev.ss.testkit.exposition.Scrape;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /v1/jobs/cancel} and {@code /v1/jobs/retry}. */
class SweepTest {
  @RegisterExtension static final ApiResources API = new ApiResources();

  @BeforeEach
  void noJobs() {
    API.rows().execute("delete from job_inputs");
    API.rows().execute("delete from jobs");
  }

  @Test
  void whatTheFilterSelectsIsCancelledAndCountedOnce() {
    String running = API.submitted();
    API.rows().start(running);
    String queued = API.submitted();
    API.submitted();
    String other = API.submitted("report");
    Scrape before = API.scrape();

    Answer answer = API.post("/v1/jobs/cancel?job_type=word-count");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .isEqualTo("{\"dry_run\":false,\"matched\":3,\"changed\":3,\"more\":false}");
    assertThat(API.get("/v1/jobs/" + queued).field("state")).isEqualTo("cancelled");
    assertThat(API.get("/v1/jobs/" + running).field("state")).isEqualTo("running");
    assertThat(API.get("/v1/jobs/" + other).field("state")).isEqualTo("queued");
    // The worker counts the running one, when it has happened.
    assertThat(API.scrape().grownBy("event", before, "ss_jobs_total"))
        .isEqualTo(Map.of("cancelled", 2.0));
    assertThat(API.post("/v1/jobs/cancel?job_type=word-count").text())
        .isEqualTo("{\"dry_run\":false,\"matched\":0,\"changed\":0,\"more\":false}");
  }

  @Test
  void whatTheFilterSelectsIsQueuedAgainUpToTheLimit() {
    for (int i = 0; i < 3; i++) {
      API.rows().fail(API.submitted());
    }
    Scrape before = API.scrape();

    assertThat(API.post("/v1/jobs/retry?state=failed&limit=2").text())
        .isEqualTo("{\"dry_run\":false,\"matched\":2,\"changed\":2,\"more\":true}");

    assertThat(API.get("/v1/jobs/counts").json().path("counts").path("queued").intValue())
        .isEqualTo(2);
    assertThat(API.scrape().grownBy("event", before, "ss_jobs_total"))
        .isEqualTo(Map.of("retried", 2.0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cancel", "retry"})
  void aDryRunOnlyCounts(String action) {
    API.submitted();
    API.rows().fail(API.submitted());
    String before = API.get("/v1/jobs").text();
    Scrape scrape = API.scrape();

    Answer answer = API.post("/v1/jobs/%s?job_type=word-count&dry_run=true".formatted(action));

    assertThat(answer.text())
        .isEqualTo("{\"dry_run\":true,\"matched\":1,\"changed\":0,\"more\":false}");
    assertThat(API.get("/v1/jobs").text()).isEqualTo(before);
    assertThat(API.scrape().grownBy("event", scrape, "ss_jobs_total")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'', invalid_parameter",
    "limit=10, invalid_parameter",
    "dry_run=true, invalid_parameter",
    "state=failed&limit=0, invalid_parameter",
    "state=failed&limit=10001, invalid_parameter",
    "state=failed&dry_run=yes, invalid_parameter",
    "state=failed&dry_run=, invalid_parameter",
    "state=failed&dry_run=true&dry_run=true, invalid_parameter",
    "state=done, invalid_parameter",
    "sate=failed, unknown_parameter",
    "state=failed&cursor=x, unknown_parameter",
    "state=failed&order=oldest, unknown_parameter",
  })
  void aQueryThatMakesNoSenseChangesNothing(String query, String code) {
    API.rows().fail(API.submitted());
    API.submitted();
    String before = API.get("/v1/jobs").text();

    assertProblem(API.post("/v1/jobs/retry?" + query), 400, code);
    assertProblem(API.post("/v1/jobs/cancel?" + query), 400, code);

    assertThat(API.get("/v1/jobs").text()).isEqualTo(before);
  }
}
