package dev.ss.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.api.support.ApiResources;
import dev.ss.testkit.client.Answer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /v1/jobs}, when all is well, and {@code GET /v1/jobs/{job_id}} after it. */
class SubmitTest {
  @RegisterExtension static final ApiResources API = new ApiResources();

  private static final String BODY = "{\"job_type\": \"report\", \"input\": \"x\"}";
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

  @Test
  void aSubmissionIsAnsweredWithTheWholeJobAndItsPlace() {
    Answer answer = API.submit("{\"job_type\": \"word-count\", \"input\": \"one two\"}");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.header("Content-Type")).contains("application/json");
    assertThat(answer.header("Location")).contains("/v1/jobs/" + answer.field("job_id"));
    JsonNode job = answer.json();
    assertThat(job.fieldNames())
        .toIterable()
        .containsExactly(
            "job_id",
            "job_type",
            "state",
            "attempt",
            "max_attempts",
            "priority",
            "created_at",
            "run_at",
            "started_at",
            "finished_at",
            "exit_code",
            "error_code",
            "submitted_by",
            "changed_by",
            "input_size",
            "output_size",
            "log_size",
            "output_truncated",
            "log_truncated",
            "cpu_seconds",
            "peak_memory_bytes",
            "resources_are_lower_bounds",
            "parameters",
            "labels",
            "timeout_seconds",
            "worker_id",
            "progress",
            "progress_message",
            "schedule");
    assertThat(job.path("job_id").textValue()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    assertThat(job.path("job_type").textValue()).isEqualTo("word-count");
    assertThat(job.path("state").textValue()).isEqualTo("queued");
    assertThat(job.path("attempt").numberValue()).isEqualTo(0);
    assertThat(job.path("max_attempts").numberValue()).isEqualTo(3);
    assertThat(job.path("priority").numberValue()).isEqualTo(0);
    assertThat(job.path("created_at").textValue()).matches(TIME);
    assertThat(job.path("run_at")).isEqualTo(job.path("created_at"));
    for (String unknownYet :
        new String[] {
          "started_at", "finished_at", "exit_code", "error_code", "output_size", "cpu_seconds"
        }) {
      assertThat(job.path(unknownYet).isNull()).as("%s is null", unknownYet).isTrue();
    }
  }

  @Test
  void theJobIsFoundAtItsPlaceAsItWasAnswered() {
    Answer submitted = API.submit("{\"job_type\": \"report\", \"input\": \"x\"}");
    Answer found = API.get("/v1/jobs/" + submitted.field("job_id"));

    assertThat(found.status()).isEqualTo(200);
    assertThat(found.json()).isEqualTo(submitted.json());
  }

  @Test
  void aJobThatHasRunSaysHowItEnded() {
    String jobId = API.submitted();
    API.rows().fail(jobId);

    JsonNode job = API.get("/v1/jobs/" + jobId).json();

    assertThat(job.path("state").textValue()).isEqualTo("failed");
    assertThat(job.path("attempt").intValue()).isEqualTo(1);
    assertThat(job.path("exit_code").intValue()).isEqualTo(3);
    assertThat(job.path("error_code").textValue()).isEqualTo("command_failed");
    assertThat(job.path("started_at").textValue()).matches(TIME);
    assertThat(job.path("finished_at").textValue()).matches(TIME);
  }

  @Test
  void theInputIsStoredButNeverShown() {
    Answer submitted =
        API.submit("{\"job_type\": \"word-count\", \"input\": \"the-secret-input ü€😀\"}");
    String jobId = submitted.field("job_id");

    assertThat(submitted.text()).doesNotContain("the-secret-input");
    assertThat(API.get("/v1/jobs/" + jobId).text()).doesNotContain("the-secret-input");
    assertThat(API.get("/v1/jobs").text()).doesNotContain("the-secret-input");
    assertThat(
            API.rows()
                .number(
                    "select count(*) from job_inputs where job_id = ? and input = cast(? as blob)",
                    jobId,
                    "the-secret-input ü€😀"))
        .isEqualTo(1);
  }

  @Test
  void whatTheClientAsksForIsWhatTheJobHas() {
    Instant tomorrow = API.clock().instant().plus(1, ChronoUnit.DAYS);
    Answer answer =
        API.submit(
            "{\"job_type\": \"report\", \"input\": \"x\", \"priority\": -100,"
                + " \"max_attempts\": 100, \"run_at\": \"%s\"}"
                    .formatted(tomorrow.toString().replace("Z", "+00:00")));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().path("priority").intValue()).isEqualTo(-100);
    assertThat(answer.json().path("max_attempts").intValue()).isEqualTo(100);
    assertThat(OffsetDateTime.parse(answer.field("run_at")).toInstant()).isEqualTo(tomorrow);
    assertThat(
            API.rows().number("select run_at from jobs where job_id = ?", answer.field("job_id")))
        .isEqualTo(tomorrow.toEpochMilli());
  }

  @Test
  void anEmptyInputIsAnInput() {
    Answer answer = API.submit("{\"job_type\": \"report\", \"input\": \"\"}");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(
            API.rows()
                .number(
                    "select length(input) from job_inputs where job_id = ?",
                    answer.field("job_id")))
        .isEqualTo(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/json;charset=utf-8",
        "application/json; charset=UTF-8",
        "Application/JSON; charset=\"utf-8\""
      })
  void jsonIsJsonHoweverItsTypeIsWritten(String contentType) {
    assertThat(API.submitAs(contentType, BODY).status()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "text/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/octet-stream",
        "application/problem+json",
        "application/json; charset=iso-8859-1",
        "application/json; charset=utf-16",
        "application/json; charset=nonsense",
        "*/*",
        "application/*"
      })
  void aBodyThatIsNotDeclaredAsJsonIsRefused(String contentType) {
    API.assertRefuses(
        () -> API.submitAs(contentType, BODY),
        415,
        "unsupported_media_type",
        "unsupported_media_type");
  }

  /** What SubmissionJson and JobFactory refuse, by one example of each code. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{                                                            | 400 | invalid_json     | invalid_json",
        "{\"job_type\": \"report\"}                                   | 400 | missing_field    | invalid_field",
        "{\"job_type\": \"report\", \"input\": \"x\", \"x\": 1}         | 400 | unknown_field    | invalid_field",
        "{\"job_type\": \"report\", \"input\": 1}                     | 400 | invalid_field    | invalid_field",
        "{\"job_type\": \"report\", \"input\": \"\\ud800\"}             | 400 | invalid_field    | invalid_field",
        "{\"job_type\": \"report\", \"input\": \"x\", \"priority\": 101}| 400 | invalid_field    | invalid_field",
        "{\"job_type\": \"nothing\", \"input\": \"x\"}                | 400 | unknown_job_type | unknown_job_type",
        "{\"job_type\": \"report\", \"input\": \"TOO LARGE\"}         | 413 | input_too_large  | too_large",
      })
  void aRefusedSubmissionIsCountedByItsReasonAndNotStored(
      String body, int status, String code, String reason) {
    String sent = body.replace("TOO LARGE", "x".repeat(1024 * 1024 + 1));

    API.assertRefuses(() -> API.submit(sent), status, code, reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words"})
  void aBadIdempotencyKeyIsRefused(String key) {
    API.assertRefuses(
        () -> API.submit(BODY, "Idempotency-Key", key),
        400,
        "invalid_idempotency_key",
        "invalid_idempotency_key");
  }

  @ParameterizedTest
  @CsvSource({"a, 1", "ü, 2", "😀, 4", "\\u0001, 1", "\\ud83d\\ude00, 4"})
  void anInputOfTheLargestSizeIsAcceptedAndNoByteMore(String character, int bytes) {
    String largest = character.repeat(1024 * 1024 / bytes);

    Answer accepted = API.submit(bodyWithInput(largest));

    assertThat(accepted.status()).isEqualTo(201);
    assertThat(
            API.rows()
                .number(
                    "select length(input) from job_inputs where job_id = ?",
                    accepted.field("job_id")))
        .isEqualTo(1024 * 1024);
    API.assertRefuses(
        () -> API.submit(bodyWithInput(largest + "x")), 413, "input_too_large", "too_large");
  }

  private static String bodyWithInput(String input) {
    return "{\"job_type\": \"report\", \"input\": \"%s\"}".formatted(input);
  }
}
