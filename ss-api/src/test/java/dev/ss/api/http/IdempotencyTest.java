package dev.ss.api.http;

import static dev.ss.api.support.Problems.assertProblem;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.api.support.ApiResources;
import dev.ss.testkit.client.Answer;
import dev.ss.testkit.exposition.Scrape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The {@code Idempotency-Key} of a submission. */
class IdempotencyTest {
  @RegisterExtension static final ApiResources API = new ApiResources();

  private static final String BODY =
      "{\"job_type\": \"report\", \"input\": \"a\\nb\", \"priority\": 5, \"max_attempts\": 2}";

  @Test
  void theSameSubmissionAgainIsTheSameJob() {
    Answer first = submit("again", BODY);
    Scrape before = API.scrape();

    Answer second = submit("again", BODY);

    assertThat(first.status()).isEqualTo(201);
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.json()).isEqualTo(first.json());
    assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    assertThat(API.scrape().grownBy("event", before, "ss_jobs_total"))
        .isEqualTo(Map.of("deduplicated", 1.0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"max_attempts\":2,\"priority\":5,\"input\":\"a\\nb\",\"job_type\":\"report\"}",
        "\n{ \"job_type\" :\t\"report\" , \"input\":\"a\\u000ab\",\"priority\":5,\"max_attempts\":2 }\n",
        "{\"\\u006aob_type\":\"report\",\"input\":\"a\\nb\",\"priority\":5,\"max_attempts\":2,\"run_at\":null}"
      })
  void theSameJsonInOtherWordsIsTheSameJob(String rewritten) {
    Answer first = submit("rewritten", BODY);

    Answer second = submit("rewritten", rewritten);

    assertThat(second.status()).isEqualTo(200);
    assertThat(second.field("job_id")).isEqualTo(first.field("job_id"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type     | {\"job_type\": \"word-count\", \"input\": \"x\"}",
        "input    | {\"job_type\": \"report\", \"input\": \"y\"}",
        "priority | {\"job_type\": \"report\", \"input\": \"x\", \"priority\": 1}",
        "attempts | {\"job_type\": \"report\", \"input\": \"x\", \"max_attempts\": 7}",
        "labels   | {\"job_type\": \"report\", \"input\": \"x\", \"labels\": {\"a\": \"b\"}}",
        "timeout  | {\"job_type\": \"report\", \"input\": \"x\", \"timeout\": \"1s\"}",
        "time     | {\"job_type\": \"report\", \"input\": \"x\", \"run_at\": \"2001-01-01T00:00:00Z\"}",
      })
  void anotherSubmissionUnderTheSameKeyIsRefusedAndNothingStored(String key, String other) {
    submit(key, "{\"job_type\": \"report\", \"input\": \"x\"}");
    long stored = API.rows().stored();
    Scrape before = API.scrape();

    assertProblem(submit(key, other), 409, "idempotency_key_reused");
    assertThat(API.rows().stored()).isEqualTo(stored);
    assertThat(API.scrape().grownBy("reason", before, "ss_job_rejections_total"))
        .isEqualTo(Map.of("idempotency_key_reused", 1.0));
  }

  @Test
  void theSameOptionsInOtherWordsAreTheSameAndOthersAreNot() {
    String body =
        "{\"job_type\": \"resize\", \"input\": \"\", \"parameters\": {\"size\": \"8x6\"},"
            + " \"labels\": {\"a\": \"b\", \"c\": \"d\"}, \"timeout\": \"60s\"}";
    assertThat(submit("options", body).status()).isEqualTo(201);

    assertThat(
            submit(
                    "options",
                    "{\"labels\": {\"c\": \"d\", \"a\": \"b\"}, \"timeout\": \"1m\", \"parameters\":"
                        + " {\"size\": \"8x6\"}, \"input\": \"\", \"job_type\": \"resize\"}")
                .status())
        .isEqualTo(200);
    for (List<String> change :
        List.of(
            List.of("8x6", "6x8"),
            List.of("\"a\"", "\"e\""),
            List.of("\"d\"", "\"b\""),
            List.of("60s", "61s"),
            List.of("labels", "parameters"))) {
      String other =
          change.get(0).equals("labels")
              ? body.replace(", \"c\": \"d\"", "")
              : body.replace(change.get(0), change.get(1));
      assertProblem(submit("options", other), 409, "idempotency_key_reused");
    }
  }

  /** Who repeats a submission after an update must not get another job. */
  @Test
  void aSubmissionWithoutOptionsHasTheDigestThatItHadInEarlierVersions() {
    submit("digest", BODY);

    assertThat(
            API.rows()
                .number(
                    "select count(*) from jobs where idempotency_key = 'digest'"
                        + " and idempotency_digest = ?",
                    "afeb3a0a4c49ef13f29ccce75db83fe20b824c70165c93ccb5d3ca250cc686a5"))
        .isEqualTo(1);
  }

  @Test
  void aRepetitionFindsTheJobAsItIsNow() {
    Answer first = submit("later", BODY);
    API.rows().succeed(first.field("job_id"));

    assertThat(submit("later", BODY).field("state")).isEqualTo("succeeded");
  }

  @Test
  void keysThatDifferInCaseAreTwoKeys() {
    assertThat(submit("Case", BODY).status()).isEqualTo(201);
    assertThat(submit("case", BODY).status()).isEqualTo(201);
  }

  @Test
  void withoutAKeyEverySubmissionIsAJob() {
    assertThat(API.submit(BODY).status()).isEqualTo(201);
    assertThat(API.submit(BODY).status()).isEqualTo(201);
  }

  @Test
  void manyAtOnceUnderOneKeyAreOneJob() throws Exception {
    int clients = 20;
    ExecutorService executor = Executors.newFixedThreadPool(clients);
    CountDownLatch together = new CountDownLatch(clients);
    try {
      List<Future<Answer>> futures =
          IntStream.range(0, clients)
              .mapToObj(
                  i ->
                      executor.submit(
                          () -> {
                            together.countDown();
                            together.await();
                            return submit("together", BODY);
                          }))
              .toList();
      List<Answer> answers = new ArrayList<>();
      for (Future<Answer> future : futures) {
        answers.add(future.get());
      }

      assertThat(answers.stream().collect(groupingBy(Answer::status, counting())))
          .isEqualTo(Map.of(201, 1L, 200, 19L));
      assertThat(answers.stream().map(answer -> answer.field("job_id")).distinct()).hasSize(1);
      assertThat(API.rows().number("select count(*) from jobs where idempotency_key = 'together'"))
          .isEqualTo(1);
    } finally {
      executor.shutdownNow();
    }
  }

  private static Answer submit(String key, String body) {
    return API.submit(body, "Idempotency-Key", key);
  }
}
