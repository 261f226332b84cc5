package dev.ss.api.http;

import static dev.ss.api.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.api.support.ApiResources;
import dev.ss.testkit.client.Answer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /v1/jobs/{job_id}/output} and {@code /log}. */
class OutputTest {
  @RegisterExtension static final ApiResources API = new ApiResources();

  private static final byte[] EMPTY = {};

  @ParameterizedTest
  @ValueSource(strings = {"output", "log"})
  void anUnknownJobHasNone(String stream) {
    assertProblem(API.get("/v1/jobs/" + UUID.randomUUID() + "/" + stream), 404, "job_not_found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"output", "log"})
  void aJobThatHasNotRunHasNoneYet(String stream) {
    String jobId = API.submitted();
    assertProblem(API.get("/v1/jobs/" + jobId + "/" + stream), 409, "job_not_finished");

    API.rows().start(jobId);
    assertProblem(API.get("/v1/jobs/" + jobId + "/" + stream), 409, "job_not_finished");
  }

  @ParameterizedTest
  @ValueSource(strings = {"output", "log"})
  void aJobThatWasCancelledBeforeItRanHasNone(String stream) {
    String jobId = API.submitted();
    API.post("/v1/jobs/" + jobId + "/cancel");

    assertProblem(API.get("/v1/jobs/" + jobId + "/" + stream), 409, "job_not_finished");
  }

  @Test
  void eachStreamIsHandedOutByteForByteWithItsAttempt() {
    byte[] stdout = everyByteOften();
    byte[] stderr = "grüße\r\n".getBytes(StandardCharsets.UTF_8);
    String jobId = finished(2, stdout, false, stderr, true);

    Answer output = API.get("/v1/jobs/" + jobId + "/output");
    Answer log = API.get("/v1/jobs/" + jobId + "/log");

    assertThat(output.status()).isEqualTo(200);
    assertThat(output.body()).isEqualTo(stdout);
    assertThat(output.header("Content-Type")).contains("application/octet-stream");
    assertThat(output.header("SS-Attempt")).contains("2");
    assertThat(output.header("SS-Truncated")).contains("false");
    assertThat(log.status()).isEqualTo(200);
    assertThat(log.body()).isEqualTo(stderr);
    assertThat(log.header("Content-Type")).contains("text/plain;charset=utf-8");
    assertThat(log.header("SS-Attempt")).contains("2");
    assertThat(log.header("SS-Truncated")).contains("true");
  }

  @Test
  void nothingWrittenIsAnEmptyBodyAndNoError() {
    String jobId = finished(1, EMPTY, false, EMPTY, false);

    Answer output = API.get("/v1/jobs/" + jobId + "/output");

    assertThat(output.status()).isEqualTo(200);
    assertThat(output.body()).isEmpty();
  }

  @Test
  void theLastFinishedAttemptIsReadableWhileTheNextRuns() {
    String jobId = finished(1, "first".getBytes(StandardCharsets.UTF_8), false, EMPTY, false);
    API.post("/v1/jobs/" + jobId + "/retry");
    API.rows().start(jobId);

    assertThat(API.get("/v1/jobs/" + jobId + "/output").text()).isEqualTo("first");
  }

  private static byte[] everyByteOften() {
    byte[] bytes = new byte[300_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  private static String finished(
      int attempt, byte[] stdout, boolean stdoutTruncated, byte[] stderr, boolean stderrTruncated) {
    String jobId = API.submitted();
    API.rows().fail(jobId);
    API.rows().wrote(jobId, attempt, stdout, stdoutTruncated, stderr, stderrTruncated);
    return jobId;
  }
}
