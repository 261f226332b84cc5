package dev.ss.api.http;

import static dev.ss.api.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.api.support.ApiResources;
import dev.ss.testkit.client.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Parameters, labels and a timeout of a submission. */
class OptionsTest {
  @RegisterExtension static final ApiResources API = new ApiResources();

  private static final String OPTIONS =
      "\"parameters\": {\"size\": \"8x6\"}, \"labels\": {\"team\": \"data\", \"env\":"
          + " \"grüße\"}, \"timeout\": \"1500ms\"";
  private static final String RESIZE = "{\"job_type\": \"resize\", \"input\": \"x\", %s}";

  @Test
  void aJobShowsWhatItsClientChose() {
    Answer answer = API.submit(RESIZE.formatted(OPTIONS));

    assertThat(answer.status()).isEqualTo(201);
    assertShowsOptions(answer.json());
    assertThat(API.get("/v1/jobs/" + answer.field("job_id")).json()).isEqualTo(answer.json());
  }

  @Test
  void anItemOfABatchHasTheSameFields() {
    Answer answer =
        API.submitBatch(
            "{\"jobs\": [%s, %s]}"
                .formatted(RESIZE.formatted(OPTIONS), RESIZE.formatted("\"parameters\": {}")));

    assertShowsOptions(answer.json().at("/results/0/job"));
    assertThat(answer.json().at("/results/1").toString())
        .isEqualTo(
            "{\"status\":400,\"code\":\"missing_field\","
                + "\"detail\":\"The parameter size is required.\"}");
  }

  private static void assertShowsOptions(JsonNode job) {
    assertThat(job.path("parameters").toString()).isEqualTo("{\"size\":\"8x6\"}");
    assertThat(job.path("labels").toString()).isEqualTo("{\"env\":\"grüße\",\"team\":\"data\"}");
    assertThat(job.path("timeout_seconds").doubleValue()).isEqualTo(1.5);
  }

  @Test
  void aJobWithoutAnyHasTheTimeoutOfItsType() {
    Answer job = API.submit("{\"job_type\": \"report\", \"input\": \"x\"}");

    assertThat(job.json().path("parameters").toString()).isEqualTo("{}");
    assertThat(job.json().path("labels").toString()).isEqualTo("{}");
    assertThat(job.json().path("timeout_seconds").doubleValue()).isEqualTo(1.5);
  }

  @Test
  void aJobOfATypeThatIsNotConfiguredAnyMoreHasNoKnownTimeout() {
    String jobId = API.submitted();
    API.rows().execute("update jobs set job_type = 'retired' where job_id = ?", jobId);

    assertThat(API.get("/v1/jobs/" + jobId).json().path("timeout_seconds").isNull()).isTrue();
  }

  /** The operator has shortened the type's after the submission. */
  @Test
  void theTimeoutIsNeverLongerThanThatOfTheType() {
    String jobId = API.submitted("report");
    API.rows().execute("update jobs set timeout_ms = 60000 where job_id = ?", jobId);

    assertThat(API.get("/v1/jobs/" + jobId).json().path("timeout_seconds").doubleValue())
        .isEqualTo(1.5);
  }

  @Test
  void aRefusedParameterIsCountedAndStoresNothing() {
    API.assertRefuses(
        () -> API.submit(RESIZE.formatted("\"parameters\": {\"size\": \"-1\"}")),
        400,
        "invalid_field",
        "invalid_field");
    assertProblem(
        API.submit(RESIZE.formatted("\"parameters\": {\"color\": \"red\"}")), 400, "unknown_field");
  }
}
