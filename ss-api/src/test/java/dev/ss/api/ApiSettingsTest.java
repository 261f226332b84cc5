package dev.ss.api;

import static dev.ss.api.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ss.api.support.ApiServerExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The settings of the section {@code api} reach what they are for. */
class ApiSettingsTest {
  @RegisterExtension
  static final ApiServerExtension API =
      ApiServerExtension.with(
          "statusPage: false, maxQueuedJobs: 3, queueInterval: 100ms, maxInputSize: 100B,"
              + " maxBatchSize: 1KiB, maxWait: 1s");

  private static final String GOOD = "{\"job_type\": \"report\", \"input\": \"x\"}";

  @Test
  void withoutAStatusPageThereIsNothingAtItsPaths() {
    assertProblem(API.http().get("/"), 404, "not_found");
    assertProblem(API.http().get("/ui/main.js"), 404, "not_found");
    assertThat(API.http().get("/v1/jobs").status()).isEqualTo(200);
    await()
        .untilAsserted(
            () ->
                assertThat(API.scrape().text())
                    .contains("route=\"unmatched\"")
                    .doesNotContain("route=\"/\"", "route=\"/ui"));
  }

  @Test
  void aQueueThatIsFullByTheLastCountTakesNoMoreUntilTheNextCountFindsRoom() {
    assertThat(API.scrape().valueOrZero("ss_queue_limit_jobs")).isEqualTo(3);

    await().until(() -> API.http().submit(GOOD).status() == 429);
    assertThat(API.http().submit(GOOD).header("Retry-After")).contains("1");

    API.rows().execute("update jobs set state = 'succeeded'");
    await().until(() -> API.http().submit(GOOD).status() == 201);
  }

  @Test
  void anInputAndABatchHaveAMaximumSize() {
    assertProblem(
        API.http().submit(GOOD.replace("\"x\"", "\"" + "x".repeat(101) + "\"")),
        413,
        "input_too_large");
    assertProblem(API.http().submitBatch(" ".repeat(1025)), 413, "body_too_large");
    assertProblem(API.http().submitBatch(" ".repeat(1024)), 400, "invalid_json");
  }

  @Test
  void aWaitHasAMaximumTimeout() {
    String path = "/v1/jobs/019ab000-0000-7000-8000-000000000000/wait?timeout=";

    assertProblem(API.http().get(path + "1s"), 404, "job_not_found");
    assertProblem(API.http().get(path + "2s"), 400, "invalid_parameter");
  }
}
