package dev.ss.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.api.support.ApiServerExtension;
import dev.ss.testkit.client.Answer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /v1/jobs}, when all is well, and {@code GET /v1/jobs/{job_id}} after it. */
class SubmissionHandlerTest {
  @RegisterExtension static final ApiServerExtension API = new ApiServerExtension();

  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

  @Test
  void aSubmissionIsAnsweredWithTheWholeJobAndItsPlace() {
    Answer answer = API.http().submit("{\"job_type\": \"word-count\", \"input\": \"one two\"}");

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
            "error_code");
    assertThat(job.path("job_id").textValue()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    assertThat(job.path("job_type").textValue()).isEqualTo("word-count");
    assertThat(job.path("state").textValue()).isEqualTo("queued");
    assertThat(job.path("attempt").numberValue()).isEqualTo(0);
    assertThat(job.path("max_attempts").numberValue()).isEqualTo(3);
    assertThat(job.path("priority").numberValue()).isEqualTo(0);
    assertThat(job.path("created_at").textValue()).matches(TIME);
    assertThat(job.path("run_at")).isEqualTo(job.path("created_at"));
    for (String unknownYet :
        new String[] {"started_at", "finished_at", "exit_code", "error_code"}) {
      assertThat(job.path(unknownYet).isNull()).as("%s is null", unknownYet).isTrue();
    }
  }

  @Test
  void theJobIsFoundAtItsPlaceAsItWasAnswered() {
    Answer submitted = API.http().submit("{\"job_type\": \"report\", \"input\": \"x\"}");
    Answer found = API.http().get("/v1/jobs/" + submitted.field("job_id"));

    assertThat(found.status()).isEqualTo(200);
    assertThat(found.json()).isEqualTo(submitted.json());
  }

  @Test
  void aJobThatHasRunSaysHowItEnded() {
    String jobId = API.http().submitted();
    API.rows().fail(jobId);

    JsonNode job = API.http().get("/v1/jobs/" + jobId).json();

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
        API.http().submit("{\"job_type\": \"word-count\", \"input\": \"the-secret-input ü€😀\"}");
    String jobId = submitted.field("job_id");

    assertThat(submitted.text()).doesNotContain("the-secret-input");
    assertThat(API.http().get("/v1/jobs/" + jobId).text()).doesNotContain("the-secret-input");
    assertThat(API.http().get("/v1/jobs").text()).doesNotContain("the-secret-input");
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
    Instant tomorrow = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MILLIS);
    Answer answer =
        API.http()
            .submit(
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

  @ParameterizedTest
  @ValueSource(strings = {"2001-02-03T04:05:06Z", "-999999999-01-01T00:00:00+18:00"})
  void aTimeThatIsOverMeansNow(String past) {
    Answer answer =
        API.http()
            .submit(
                "{\"job_type\": \"report\", \"input\": \"x\", \"run_at\": \"%s\"}".formatted(past));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().path("run_at")).isEqualTo(answer.json().path("created_at"));
  }

  @Test
  void nullIsAsGoodAsNothingForWhatIsOptional() {
    Answer answer =
        API.http()
            .submit(
                "{\"job_type\": \"report\", \"input\": \"x\", \"priority\": null,"
                    + " \"run_at\": null, \"max_attempts\": null}");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().path("priority").intValue()).isEqualTo(0);
    assertThat(answer.json().path("max_attempts").intValue()).isEqualTo(1);
  }

  @Test
  void anEmptyInputIsAnInput() {
    Answer answer = API.http().submit("{\"job_type\": \"report\", \"input\": \"\"}");

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
    assertThat(
            API.http()
                .submit("{\"job_type\": \"report\", \"input\": \"x\"}", "Content-Type", contentType)
                .status())
        .isEqualTo(201);
  }
}
