package dev.ss.api.http;

import static dev.ss.api.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.api.support.ApiResources;
import dev.ss.testkit.client.Answer;
import dev.ss.testkit.exposition.Scrape;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /v1/jobs/{job_id}/cancel} and {@code /retry}. */
class ControlTest {
  @RegisterExtension static final ApiResources API = new ApiResources();

  @Test
  void aQueuedJobIsCancelledAtOnceAndNobodyWillRunIt() {
    String jobId = API.submitted();

    Answer answer = cancel(jobId);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.field("state")).isEqualTo("cancelled");
    assertThat(answer.field("error_code")).isEqualTo("cancelled");
    assertThat(answer.json().path("finished_at").isNull()).isFalse();
    assertThat(API.get("/v1/jobs/" + jobId).json()).isEqualTo(answer.json());
  }

  @Test
  void cancellingTwiceIsNoErrorAndHappensOnce() {
    String jobId = API.submitted();
    Scrape before = API.scrape();

    Answer first = cancel(jobId);
    Answer second = cancel(jobId);

    assertThat(second.status()).isEqualTo(200);
    assertThat(second.json()).isEqualTo(first.json());
    assertThat(API.scrape().grownBy("event", before, "ss_jobs_total"))
        .isEqualTo(Map.of("cancelled", 1.0));
  }

  @Test
  void theWorkerOfARunningJobIsAskedToEndIt() {
    String jobId = API.submitted();
    API.rows().start(jobId);
    Scrape before = API.scrape();

    Answer answer = cancel(jobId);

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.field("state")).isEqualTo("running");
    assertThat(cancel(jobId).status()).isEqualTo(202);
    assertThat(API.rows().number("select cancel_requested from jobs where job_id = ?", jobId))
        .isEqualTo(1);
    // The worker counts it, when it has happened.
    assertThat(API.scrape().grownBy("event", before, "ss_jobs_total")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"succeeded", "failed"})
  void aJobThatHasEndedByItselfCannotBeCancelled(String state) {
    String jobId = API.submitted();
    API.rows().finish(jobId, state, 0, null);

    assertProblem(cancel(jobId), 409, "job_not_cancellable");
    assertThat(API.get("/v1/jobs/" + jobId).field("state")).isEqualTo(state);
  }

  @Test
  void aFailedJobIsQueuedAgainAsIfItWereNew() {
    String jobId = API.submitted();
    API.rows().fail(jobId);
    Scrape before = API.scrape();

    Answer answer = retry(jobId);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.field("job_id")).isEqualTo(jobId);
    assertThat(answer.field("state")).isEqualTo("queued");
    assertThat(answer.json().path("attempt").intValue()).isZero();
    for (String forgotten : new String[] {"started_at", "finished_at", "exit_code", "error_code"}) {
      assertThat(answer.json().path(forgotten).isNull()).as(forgotten).isTrue();
    }
    assertThat(API.scrape().grownBy("event", before, "ss_jobs_total"))
        .isEqualTo(Map.of("retried", 1.0));
  }

  @Test
  void aCancelledJobIsQueuedAgain() {
    String jobId = API.submitted();
    cancel(jobId);

    assertThat(retry(jobId).field("state")).isEqualTo("queued");
  }

  @Test
  void retryingTwiceIsNoErrorAndHappensOnce() {
    String jobId = API.submitted();
    API.rows().fail(jobId);
    Answer first = retry(jobId);

    Answer second = retry(jobId);

    assertThat(second.status()).isEqualTo(200);
    assertThat(second.json()).isEqualTo(first.json());
  }

  @ParameterizedTest
  @ValueSource(strings = {"running", "succeeded"})
  void aJobThatRunsOrHasSucceededCannotBeRetried(String state) {
    String jobId = API.submitted();
    API.rows().execute("update jobs set state = ? where job_id = ?", state, jobId);

    assertProblem(retry(jobId), 409, "job_not_retryable");
    assertThat(API.get("/v1/jobs/" + jobId).field("state")).isEqualTo(state);
  }

  @Test
  void cancelAndRetryCanFollowEachOtherForEver() {
    String jobId = API.submitted();
    for (int i = 0; i < 5; i++) {
      assertThat(cancel(jobId).field("state")).isEqualTo("cancelled");
      assertThat(retry(jobId).field("state")).isEqualTo("queued");
    }
  }

  @ParameterizedTest
  @CsvSource({"cancel", "retry"})
  void anUnknownJobIsNotFound(String action) {
    assertProblem(API.post("/v1/jobs/" + UUID.randomUUID() + "/" + action), 404, "job_not_found");
  }

  private static Answer cancel(String jobId) {
    return API.post("/v1/jobs/" + jobId + "/cancel");
  }

  private static Answer retry(String jobId) {
    return API.post("/v1/jobs/" + jobId + "/retry");
  }
}
