package dev.ss.api;

import static dev.ss.api.support.Problems.assertProblem;
import static dev.ss.testkit.exposition.Scrape.series;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ss.api.support.ApiServerExtension;
import dev.ss.testkit.client.Answer;
import dev.ss.testkit.exposition.Scrape;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code GET /health/live} and {@code /ready}, and what works while the database does not. */
class HealthTest {
  @RegisterExtension static final ApiServerExtension API = new ApiServerExtension();

  private static final String JOB = "/019ab000-0000-7000-8000-000000000000";

  @AfterEach
  void repair() {
    API.bringTheDatabaseBack();
    await().until(() -> API.http().get("/health/ready").status() == 200);
  }

  @Test
  void aProcessWithADatabaseIsLiveAndReady() {
    Answer live = API.http().get("/health/live");
    Answer ready = API.http().get("/health/ready");

    assertThat(live.status()).isEqualTo(200);
    assertThat(live.text()).isEqualTo("{\"status\":\"live\"}");
    assertThat(ready.status()).isEqualTo(200);
    assertThat(ready.text()).isEqualTo("{\"status\":\"ready\"}");
  }

  @Test
  void withoutADatabaseItIsLiveButNotReadyUntilTheDatabaseIsBack() {
    loseTheDatabase();

    Answer ready = API.http().get("/health/ready");
    assertProblem(ready, 503, "database_unavailable");
    assertThat(ready.json().get("detail").textValue())
        .contains("its file is no longer where it was opened");
    assertThat(API.http().get("/health/live").status()).isEqualTo(200);

    repair();
    assertThat(API.http().get("/health/ready").status()).isEqualTo(200);
  }

  @Test
  void withoutADatabaseEveryReadIsAnsweredAndScrapesGoOn() {
    loseTheDatabase();

    for (String path :
        new String[] {"", JOB, JOB + "/output", JOB + "/log", JOB + "/wait?timeout=1s"}) {
      assertProblem(API.http().get("/v1/jobs" + path), 503, "database_unavailable");
    }
    for (String path : new String[] {JOB + "/cancel", JOB + "/retry"}) {
      assertProblem(API.http().post("/v1/jobs" + path), 503, "database_unavailable");
    }
    assertProblem(API.http().get("/v1/workers"), 503, "database_unavailable");
    assertThat(API.http().get("/v1/job-types").status()).isEqualTo(200);
    assertThat(API.scrape().value("ss_http_requests_in_flight")).isEqualTo(1);
  }

  @Test
  void withoutADatabaseASubmissionIsRefusedAndCounted() {
    loseTheDatabase();
    Scrape before = API.scrape();

    Answer answer = API.http().submit("{\"job_type\": \"report\", \"input\": \"x\"}");

    assertProblem(answer, 503, "database_unavailable");
    assertThat(answer.header("Retry-After")).contains("1");
    assertThat(API.scrape().grownSince(before, "ss_job_rejections_total"))
        .isEqualTo(Map.of(series("ss_job_rejections_total", "reason", "unavailable"), 1.0));
    assertThat(API.scrape().grownSince(before, "ss_jobs_total")).isEmpty();
  }

  @Test
  void whoWaitsWhenTheDatabaseIsLostIsToldSoInTheEnd() {
    String jobId = API.http().submitted();
    var answer = API.http().getLater("/v1/jobs/" + jobId + "/wait?timeout=3s");
    await().until(() -> API.scrape().value("ss_http_requests_in_flight") == 2);

    loseTheDatabase();

    await().until(answer::isDone);
    assertProblem(answer.join(), 503, "database_unavailable");
  }

  private static void loseTheDatabase() {
    API.takeTheDatabaseAway();
    await().until(() -> API.http().get("/health/ready").status() == 503);
  }
}
