package dev.ss.api.http;

import static dev.ss.api.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.api.support.ApiResources;
import dev.ss.testkit.client.Answer;
import dev.ss.testkit.exposition.Scrape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Submissions past {@code api.maxQueuedJobs}. */
class QueueFullTest {
  @RegisterExtension static final ApiResources API = ApiResources.withMaxQueuedJobs(3);

  private static final String GOOD = "{\"job_type\": \"report\", \"input\": \"x\"}";

  @BeforeEach
  void empty() {
    API.rows().execute("delete from job_inputs");
    API.rows().execute("delete from jobs");
    API.countTheQueue();
  }

  @Test
  void whatIsTooMuchIsRefusedAndNothingIsStored() {
    fill();
    long stored = API.rows().stored();
    Scrape before = API.scrape();

    Answer answer = API.submit(GOOD);

    assertProblem(answer, 429, "queue_full");
    assertThat(answer.header("Retry-After")).contains("5");
    assertThat(API.rows().stored()).isEqualTo(stored);
    assertThat(API.scrape().grownBy("reason", before, "ss_job_rejections_total"))
        .isEqualTo(Map.of("queue_full", 1.0));
  }

  @Test
  void jobsForLaterAreQueuedToo() {
    String later =
        "{\"job_type\": \"report\", \"input\": \"x\", \"run_at\": \"%s\"}"
            .formatted(API.clock().instant().plusSeconds(3600));
    for (int i = 0; i < 3; i++) {
      assertThat(API.submit(later).status()).isEqualTo(201);
    }

    assertThat(API.submit(GOOD).status()).isEqualTo(429);
  }

  @Test
  void thereIsRoomAgainWhenAJobHasBegun() {
    fill();
    assertThat(API.submit(GOOD).status()).isEqualTo(429);
    String jobId = API.get("/v1/jobs?limit=1").json().findValue("job_id").textValue();

    API.rows().start(jobId);
    API.countTheQueue();

    assertThat(API.submit(GOOD).status()).isEqualTo(201);
  }

  @Test
  void aRepeatedSubmissionIsAnsweredAlthoughTheQueueIsFull() {
    Answer first = API.submit(GOOD, "Idempotency-Key", "in-already");
    fill();

    Answer again = API.submit(GOOD, "Idempotency-Key", "in-already");

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json()).isEqualTo(first.json());
    assertProblem(
        API.submit(GOOD.replace("\"x\"", "\"y\""), "Idempotency-Key", "in-already"),
        409,
        "idempotency_key_reused");
    assertProblem(API.submit(GOOD, "Idempotency-Key", "not-in"), 429, "queue_full");
  }

  @Test
  void whatCanNeverBeAcceptedIsNotToldToTryAgain() {
    fill();

    assertProblem(API.submit("{}"), 400, "missing_field");
  }

  @Test
  void theItemsOfABatchThatNoLongerFitAreRefused() {
    API.submit(GOOD, "Idempotency-Key", "first");
    long stored = API.rows().stored();
    Scrape before = API.scrape();

    Answer answer =
        API.submitBatch(
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
    assertThat(API.scrape().grownBy("reason", before, "ss_job_rejections_total").get("queue_full"))
        .isEqualTo(2);
  }

  @Test
  void aBatchOfWhichNothingFitsIsRefusedWhole() {
    fill();
    Scrape before = API.scrape();

    Answer answer = API.submitBatch("{\"jobs\": [%s, %s]}".formatted(GOOD, keyed("new")));

    assertProblem(answer, 429, "queue_full");
    assertThat(answer.header("Retry-After")).contains("5");
    assertThat(API.scrape().grownBy("reason", before, "ss_job_rejections_total"))
        .isEqualTo(Map.of("queue_full", 2.0));
  }

  private static String keyed(String key) {
    return "{\"job_type\": \"report\", \"input\": \"x\", \"idempotency_key\": \"%s\"}"
        .formatted(key);
  }

  private static void fill() {
    while (API.submit(GOOD).status() == 201) {
      // until it is full
    }
    API.countTheQueue();
  }
}
