package dev.ss.api.http;

import static dev.ss.api.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.api.support.ApiResources;
import dev.ss.testkit.client.Answer;
import dev.ss.testkit.exposition.Scrape;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code POST /v1/jobs/batch}: what becomes of its items, and of it. */
class BatchTest {
  @RegisterExtension static final ApiResources API = new ApiResources();

  private static final String GOOD = "{\"job_type\": \"report\", \"input\": \"x\"}";
  private static final String TRACE_PARENT =
      "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  @Test
  void eachItemIsAnsweredAsItWouldBeAlone() {
    API.submit(GOOD, "Idempotency-Key", "mixed-earlier");
    Scrape before = API.scrape();

    Answer answer =
        API.submitBatch(
            batch(
                "{\"job_type\": \"word-count\", \"input\": \"a\", \"priority\": 7}",
                keyed("mixed-earlier", "x"),
                keyed("mixed-earlier", "y"),
                "{\"job_type\": \"nothing\", \"input\": \"x\"}",
                "{\"job_type\": \"report\"}",
                keyed("mixed-new", "x"),
                "42",
                keyed("mixed-new", "x"),
                keyed("mixed-new", "y")));

    assertThat(answer.status()).isEqualTo(200);
    JsonNode results = answer.json().path("results");
    assertThat(results.findValuesAsText("status"))
        .containsExactly("201", "200", "409", "400", "400", "201", "400", "200", "409");
    assertThat(results.get(0).toString())
        .startsWith("{\"status\":201,\"job\":{\"job_id\":")
        .contains("\"job_type\":\"word-count\"", "\"priority\":7");
    assertThat(results.get(7).path("job")).isEqualTo(results.get(5).path("job"));
    assertThat(results.get(3).toString())
        .isEqualTo(
            "{\"status\":400,\"code\":\"unknown_job_type\",\"detail\":\"There is no such job type;"
                + " GET /v1/job-types lists those there are.\"}");
    assertThat(IntStream.of(2, 4, 6, 8).mapToObj(i -> results.get(i).path("code").textValue()))
        .containsExactly(
            "idempotency_key_reused", "missing_field", "invalid_json", "idempotency_key_reused");
    assertThat(API.scrape().grownBy("event", before, "ss_jobs_total"))
        .isEqualTo(
            Map.of(
                "created", 2.0,
                "deduplicated", 2.0));
    assertThat(API.scrape().grownBy("reason", before, "ss_job_rejections_total"))
        .isEqualTo(
            Map.of(
                "idempotency_key_reused", 2.0,
                "unknown_job_type", 1.0,
                "invalid_field", 1.0,
                "invalid_json", 1.0));
  }

  @Test
  void aThousandJobsAreStoredInTheOrderOfTheItems() {
    long before = API.rows().stored();
    String items =
        IntStream.range(0, 1000)
            .mapToObj(
                i ->
                    "{\"job_type\": \"report\", \"input\": \"%1$d\", \"idempotency_key\": \"many-%2$d\"}"
                        .formatted(i, i * 7919 % 1000))
            .collect(Collectors.joining(","));

    Answer answer = API.submitBatch("{\"jobs\": [" + items + "]}");

    assertThat(answer.status()).isEqualTo(200);
    JsonNode results = answer.json().path("results");
    assertThat(results.findValuesAsText("status")).hasSize(1000).containsOnly("201");
    assertThat(results.findValuesAsText("job_id")).isSorted().doesNotHaveDuplicates();
    assertThat(API.rows().stored() - before).isEqualTo(2000);
    assertThat(
            API.rows()
                .number(
                    "select count(*) from job_inputs where job_id = ? and input = cast('999' as blob)",
                    results.get(999).path("job").path("job_id").textValue()))
        .isEqualTo(1);
  }

  @Test
  void aKeyIsTheSameInAnItemAndInAHeader() {
    JsonNode first = API.submitBatch(batch(keyed("either", "x"))).json();

    Answer second = API.submit(GOOD, "Idempotency-Key", "either");

    assertThat(second.status()).isEqualTo(200);
    assertThat(second.json()).isEqualTo(first.path("results").get(0).path("job"));
  }

  @Test
  void aBatchSentAgainIsTheSameJobs() {
    String batch = batch(keyed("sent-1", "x"), keyed("sent-2", "y"));
    JsonNode first = API.submitBatch(batch).json();
    long stored = API.rows().stored();

    JsonNode second = API.submitBatch(batch).json();

    assertThat(second.findValuesAsText("status")).containsOnly("200");
    assertThat(second.findValuesAsText("job_id")).isEqualTo(first.findValuesAsText("job_id"));
    assertThat(API.rows().stored()).isEqualTo(stored);
  }

  @Test
  void theRequestsTraceIsThatOfEachItem() {
    JsonNode results = API.submitBatch(batch(GOOD, GOOD), "traceparent", TRACE_PARENT).json();

    for (String jobId : results.findValuesAsText("job_id")) {
      assertThat(
              API.rows()
                  .number(
                      "select count(*) from jobs where job_id = ? and traceparent = ?",
                      jobId,
                      TRACE_PARENT))
          .isEqualTo(1);
    }
  }

  /** What SubmissionJson refuses, by one example of each code. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"jobs\": [GOOD]} x                 | invalid_json  | invalid_json",
        "{\"jobs\": [GOOD], \"job\": 1}       | unknown_field | invalid_field",
        "{\"jobs\": null}                     | missing_field | invalid_field",
        "{\"jobs\": []}                       | invalid_field | invalid_field",
      })
  void aBodyThatIsNotABatchIsRefusedWhole(String body, String code, String reason) {
    assertRefused(body.replace("GOOD", GOOD), code, reason);
  }

  @Test
  void aHeaderThatWouldNotBeHeededIsRefused() {
    long stored = API.rows().stored();
    Scrape before = API.scrape();

    Answer answer = API.submitBatch(batch(GOOD), "Idempotency-Key", "key");

    assertProblem(answer, 400, "invalid_idempotency_key");
    assertThat(answer.field("detail")).contains("idempotency_key");
    assertThat(API.rows().stored()).isEqualTo(stored);
    assertThat(API.scrape().grownBy("reason", before, "ss_job_rejections_total"))
        .isEqualTo(Map.of("invalid_idempotency_key", 1.0));
  }

  @Test
  void anItemsKeyIsCheckedLikeAHeaders() {
    assertItemRefused(keyed("two words", "x"), 400, "invalid_idempotency_key");
  }

  @Test
  void anItemsInputIsNoLargerThanThatOfASingleSubmission() {
    String tooLarge =
        "{\"job_type\": \"report\", \"input\": \"%s\"}".formatted("x".repeat(1024 * 1024 + 1));

    assertItemRefused(tooLarge, 413, "input_too_large");
  }

  @Test
  void aSingleSubmissionHasItsKeyInTheHeader() {
    assertProblem(API.submit(keyed("body", "x")), 400, "unknown_field");
  }

  @Test
  void aBatchOfTheLargestSizeIsReadAndNoByteMore() {
    String padded = batch(GOOD);
    padded += " ".repeat(ApiResources.MAX_BATCH_BYTES - padded.length());
    assertThat(API.submitBatch(padded).status()).isEqualTo(200);
    long stored = API.rows().stored();

    assertProblem(API.submitBatch(padded + " "), 413, "body_too_large");
    assertThat(API.rows().stored()).isEqualTo(stored);
  }

  @Test
  void withoutADatabaseABatchIsRefusedWholeAndEachGoodItemCounted() {
    Scrape before = API.scrape();
    API.takeTheDatabaseAway();
    try {
      Answer answer = API.submitBatch(batch(GOOD, "{}", GOOD));

      assertProblem(answer, 503, "database_unavailable");
      assertThat(answer.header("Retry-After")).contains("1");
    } finally {
      API.bringTheDatabaseBack();
    }
    assertThat(API.scrape().grownBy("reason", before, "ss_job_rejections_total"))
        .isEqualTo(Map.of("unavailable", 2.0, "invalid_field", 1.0));
    assertThat(API.scrape().grownBy("event", before, "ss_jobs_total")).isEmpty();
  }

  private static void assertRefused(String body, String code, String reason) {
    API.assertRefuses(() -> API.submitBatch(body), 400, code, reason);
  }

  /** Among good ones, which are stored. */
  private static void assertItemRefused(String item, int status, String code) {
    long stored = API.rows().stored();

    JsonNode results = API.submitBatch(batch(GOOD, item, GOOD)).json().path("results");

    assertThat(results.findValuesAsText("status"))
        .containsExactly("201", Integer.toString(status), "201");
    assertThat(results.get(1).path("code").textValue()).isEqualTo(code);
    assertThat(API.rows().stored() - stored).isEqualTo(4);
  }

  private static String batch(String... items) {
    return "{\"jobs\": [" + String.join(", ", items) + "]}";
  }

  private static String keyed(String key, String input) {
    return "{\"job_type\": \"report\", \"input\": \"%s\", \"idempotency_key\": \"%s\"}"
        .formatted(input, key);
  }
}
