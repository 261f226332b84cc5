package dev.ss.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ss.api.support.ApiServerExtension;
import dev.ss.testkit.client.Answer;
import dev.ss.testkit.client.RawHttp;
import dev.ss.testkit.unit.CapturedLog;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No request, however strange, is quoted in the log or answered as a defect. */
class QuotedRequestsTest {
  @RegisterExtension static final ApiServerExtension API = new ApiServerExtension();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1/jobs HTTP/1.1\r\nHost: canary\r\nHost: canary2",
        "GET /v1/jobs HTTP/1.1\r\nHost: can ary canary",
        "GET / HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: \"canary",
        "GET / HTTP/1.1\r\nHost: localhost\r\nIf-Match: canary\",",
        "GET / HTTP/1.1\r\nHost: localhost\r\nIf-Unmodified-Since: canary",
        "GET / HTTP/1.1\r\nHost: localhost\r\nAccept: canary",
        "GET / HTTP/1.1\r\nHost: localhost\r\nAccept-Language: canary;;q=canary",
        "GET /v1/jobs HTTP/1.1\r\nHost: localhost\r\nCookie: canary=\"canary;;",
        "GET /v1/jobs HTTP/1.1\r\nHost: localhost\r\nExpect: canary",
        "GET /v1/jobs HTTP/1.1\r\nHost: localhost\r\nUpgrade: canary\r\nConnection: upgrade",
        "GET /v1/jobs?canary=%zz HTTP/1.1\r\nHost: localhost",
        "GET /canary%00 HTTP/1.1\r\nHost: localhost",
        "POST /v1/jobs?canary=x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n"
            + "Content-Type: application/x-www-form-urlencoded",
        "POST /v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Length: canary",
        "POST /v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nContent-Type: canary",
        "POST /v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nContent-Language: c anary",
        "GET /metrics HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic canary"
      })
  void aStrangeRequestIsNeitherQuotedNorADefect(String head) {
    try (CapturedLog log = CapturedLog.ofEverything()) {
      Answer answer = API.raw().send(head + "\r\nConnection: close\r\n\r\n");

      assertThat(answer.status()).isLessThan(500);
      assertThat(log.text()).doesNotContain("anary");
      assertThat(log.traces()).isEmpty();
    }
  }

  @Test
  void anAbortedDownloadIsNoError() throws IOException {
    String jobId = API.http().submitted();
    API.rows().succeed(jobId);
    API.rows().wrote(jobId, 1, new byte[1 << 20], new byte[0]);
    try (CapturedLog log = CapturedLog.ofEverything()) {
      double before = answered();
      for (int i = 0; i < 4; i++) {
        try (Socket socket = API.raw().open()) {
          socket.setReceiveBufferSize(1024);
          socket.setSoLinger(true, 0);
          socket
              .getOutputStream()
              .write(
                  RawHttp.head("GET /v1/jobs/" + jobId + "/output HTTP/1.1")
                      .getBytes(StandardCharsets.US_ASCII));
          assertThat(socket.getInputStream().read()).isEqualTo('H');
        }
      }
      await().until(() -> answered() - before == 4);

      assertThat(log.messages()).isEmpty();
    }
  }

  private static double answered() {
    return API.scrape()
        .sum("ss_http_request_duration_seconds_count", "route", "/v1/jobs/{job_id}/output");
  }
}
