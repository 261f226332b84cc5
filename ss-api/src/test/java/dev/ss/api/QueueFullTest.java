package dev.ss.api;

import static dev.ss.api.support.Problems.assertProblem;
import static dev.ss.testkit.exposition.Scrape.series;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ss.api.support.ApiServerExtension;
import dev.ss.testkit.client.Answer;
import dev.ss.testkit.exposition.Scrape;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Submissions past {@code api.maxQueuedJobs}. */
class QueueFullTest {
  @RegisterExtension
  static final ApiServerExtension API =
      ApiServerExtension.with("maxQueuedJobs: 3, queueInterval: 100ms");

  private static final String GOOD = "{\"job_type\": \"report\", \"input\": \"x\"}";

  @BeforeEach
  void empty() {
    API.rows().execute("delete from job_inputs");
    API.rows().execute("delete from jobs");
    awaitCount();
  }

  @Test
  void whatIsTooMuchIsRefusedAndNothingIsStored() {
    fill();
    long stored = API.rows().stored();
    Scrape before = API.scrape();

    Answer answer = API.http().submit(GOOD);

    assertProblem(answer, 429, "queue_full");
    assertThat(answer.header("Retry-After")).contains("1");
    assertThat(API.rows().stored()).isEqualTo(stored);
    assertThat(API.scrape().grownSince(before, "ss_job_rejections_total"))
        .isEqualTo(Map.of(series("ss_job_rejections_total", "reason", "queue_full"), 1.0));
  }

  @Test
  void theLimitIsShown() {
    assertThat(API.scrape().value("ss_queue_limit_jobs")).isEqualTo(3);
  }

  @Test
  void jobsForLaterAreQueuedToo() {
    String later =
        "{\"job_type\": \"report\", \"input\": \"x\", \"run_at\": \"%s\"}"
            .formatted(Instant.now().plusSeconds(3600));
    for (int i = 0; i < 3; i++) {
      assertThat(API.http().submit(later).status()).isEqualTo(201);
    }

    assertThat(API.http().submit(GOOD).status()).isEqualTo(429);
  }

  @Test
  void thereIsRoomAgainWhenAJobHasBegun() {
    fill();
    assertThat(API.http().submit(GOOD).status()).isEqualTo(429);
    String jobId = API.http().get("/v1/jobs?limit=1").json().findValue("job_id").textValue();

    API.rows().start(jobId);

    await().until(() -> API.http().submit(GOOD).status() == 201);
  }

  @Test
  void whoRepeatsHimselfIsAnsweredThoughTheQueueIsFull() {
    Answer first = API.http().submit(GOOD, "Idempotency-Key", "in-already");
    fill();

    Answer again = API.http().submit(GOOD, "Idempotency-Key", "in-already");

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json()).isEqualTo(first.json());
    assertProblem(
        API.http().submit(GOOD.replace("\"x\"", "\"y\""), "Idempotency-Key", "in-already"),
        409,
        "idempotency_key_reused");
    assertProblem(API.http().submit(GOOD, "Idempotency-Key", "not-in"), 429, "queue_full");
  }

  @Test
  void whatCanNeverBeAcceptedIsNotToldToTryAgain() {
    fill();

    assertProblem(API.http().submit("{}"), 400, "missing_field");
  }

  @Test
  void theItemsOfABatchThatNoLongerFitAreRefused() {
    API.http().submit(GOOD, "Idempotency-Key", "first");
    long stored = API.rows().stored();
    Scrape before = API.scrape();

    Answer answer =
        API.http()
            .submitBatch(
                "{\"jobs\": [%s]}"
                    .formatted(
                        String.join(
                            ", ",
                            List.of(
                                keyed("a"),
                                keyed("first"),
                                keyed("a"),
                                "{}",
                                GOOD,
                                GOOD,
                                keyed("b"),
                                keyed("a")))));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().findValuesAsText("status"))
        .containsExactly("201", "200", "200", "400", "201", "429", "429", "200");
    assertThat(answer.json().path("results").get(5).path("code").textValue())
        .isEqualTo("queue_full");
    assertThat(API.rows().stored() - stored).isEqualTo(4);
    assertThat(
            API.scrape()
                .grownSince(before, "ss_job_rejections_total")
                .get(series("ss_job_rejections_total", "reason", "queue_full")))
        .isEqualTo(2);
  }

  @Test
  void aBatchOfWhichNothingFitsIsRefusedWhole() {
    fill();
    Scrape before = API.scrape();

    Answer answer = API.http().submitBatch("{\"jobs\": [%s, %s]}".formatted(GOOD, keyed("new")));

    assertProblem(answer, 429, "queue_full");
    assertThat(answer.header("Retry-After")).contains("1");
    assertThat(API.scrape().grownSince(before, "ss_job_rejections_total"))
        .isEqualTo(Map.of(series("ss_job_rejections_total", "reason", "queue_full"), 2.0));
  }

  private static String keyed(String key) {
    return "{\"job_type\": \"report\", \"input\": \"x\", \"idempotency_key\": \"%s\"}"
        .formatted(key);
  }

  /** So that it is full by the last count, however old what has been submitted since is. */
  private static void fill() {
    await()
        .until(
            () -> {
              API.http().submit(GOOD);
              return API.rows().number("select count(*) from jobs where state = 'queued'") == 3;
            });
    awaitCount();
  }

  /**
   * Of two counts that end from now on the first may have begun before; it is in effect by then.
   */
  private static void awaitCount() {
    for (int i = 0; i < 2; i++) {
      double last = lastCount();
      await().until(() -> lastCount() > last);
    }
  }

  private static double lastCount() {
    return API.scrape()
        .value(
            series(
                "metrics_bridge_collector_last_success_timestamp_seconds", "collector", "queue"));
  }
}
