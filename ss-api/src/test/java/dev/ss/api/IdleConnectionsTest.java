package dev.ss.api;

import static dev.ss.api.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.api.support.ApiServerExtension;
import dev.ss.testkit.client.Answer;
import dev.ss.testkit.client.RawHttp;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The connector's idle timeout ends what stands still, but not a client that waits for a job. */
class IdleConnectionsTest {
  @RegisterExtension
  static final ApiServerExtension API = ApiServerExtension.withConnector("idleTimeout: 300ms");

  @Test
  void aClientMayWaitForAJobForLonger() {
    String jobId = API.http().submitted();

    Answer answer = API.http().get("/v1/jobs/" + jobId + "/wait?timeout=2s");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.field("state")).isEqualTo("queued");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET /v1/jobs HTTP/1.1\r\nHost: local"})
  void aConnectionWithoutARequestIsClosed(String begun) throws IOException {
    try (Socket client = API.raw().open()) {
      client.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));

      assertThat(client.getInputStream().readAllBytes()).isEmpty();
    }
  }

  @Test
  void aBodyThatDoesNotComeIsAnError() {
    assertProblem(
        API.raw()
            .send(
                RawHttp.head(
                        "POST /v1/jobs HTTP/1.1",
                        "Content-Type: application/json",
                        "Content-Length: 1000")
                    + "{"),
        400,
        "invalid_json");
  }
}
