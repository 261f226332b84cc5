package dev.ss.api;

import static dev.ss.api.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ss.api.support.ApiServerExtension;
import dev.ss.testkit.client.Answer;
import dev.ss.testkit.client.RawHttp;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /v1/jobs/{job_id}/wait}. */
class WaitTest {
  @RegisterExtension static final ApiServerExtension API = new ApiServerExtension();

  /** More than the server has threads, so that they can only all wait if they need none. */
  private static final int MANY = 400;

  @Test
  void aFinalJobIsAnsweredAtOnce() throws Exception {
    String jobId = API.http().submitted();
    API.rows().succeed(jobId);

    assertThat(waiting(jobId, "60s").get(30, TimeUnit.SECONDS).field("state"))
        .isEqualTo("succeeded");
  }

  @Test
  void aJobThatBecomesFinalIsAnsweredThenAndNotBefore() throws Exception {
    String jobId = API.http().submitted();
    CompletableFuture<Answer> answer = waiting(jobId, "60s");
    awaitInFlight(1);
    API.rows().start(jobId);
    assertThat(answer).isNotDone();

    API.rows().finish(jobId, "succeeded", 0, null);

    assertThat(answer.get(30, TimeUnit.SECONDS).status()).isEqualTo(200);
    assertThat(answer.get().json()).isEqualTo(API.http().get("/v1/jobs/" + jobId).json());
    assertThat(answer.get().field("state")).isEqualTo("succeeded");
  }

  @Test
  void aJobThatIsCancelledWhileSomebodyWaitsIsFinal() throws Exception {
    String jobId = API.http().submitted();
    CompletableFuture<Answer> answer = waiting(jobId, "60s");
    awaitInFlight(1);

    API.http().post("/v1/jobs/" + jobId + "/cancel");

    assertThat(answer.get(30, TimeUnit.SECONDS).field("state")).isEqualTo("cancelled");
  }

  @Test
  void aJobThatIsDeletedWhileSomebodyWaitsIsNotWaitedForAnyLonger() throws Exception {
    String jobId = API.http().submitted();
    CompletableFuture<Answer> answer = waiting(jobId, "5m");
    awaitInFlight(1);

    API.rows().execute("delete from jobs where job_id = ?", jobId);

    assertProblem(answer.get(30, TimeUnit.SECONDS), 404, "job_not_found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "1ms", "150ms", "1s", "1%20second"})
  void aJobThatIsNotFinalWhenTheTimeIsOverIsAnsweredAsItIs(String timeout) throws Exception {
    String jobId = API.http().submitted();

    Answer answer = waiting(jobId, timeout).get(30, TimeUnit.SECONDS);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.field("state")).isEqualTo("queued");
  }

  @Test
  void anUnknownJobIsNotWaitedFor() {
    assertProblem(
        API.http().get("/v1/jobs/" + UUID.randomUUID() + "/wait?timeout=60s"),
        404,
        "job_not_found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "soon",
        "",
        "5",
        "-1s",
        "301s",
        "6m",
        "99999999999999999999s",
        "9223372036854775807d",
        "1.5s",
        "1e3ms",
        "NaN",
        "%00"
      })
  void aTimeoutThatIsNoDurationOrTooLongIsRefused(String timeout) {
    String jobId = API.http().submitted();

    assertProblem(
        API.http().get("/v1/jobs/" + jobId + "/wait?timeout=" + timeout), 400, "invalid_parameter");
  }

  @Test
  void theLongestTimeoutIsAllowed() {
    String jobId = API.http().submitted();
    API.rows().succeed(jobId);

    assertThat(API.http().get("/v1/jobs/" + jobId + "/wait?timeout=5m").status()).isEqualTo(200);
  }

  @Test
  void hundredsWaitWithoutAThreadEach() throws Exception {
    String jobId = API.http().submitted();
    List<Socket> clients = new ArrayList<>();
    try {
      for (int i = 0; i < MANY; i++) {
        clients.add(waitingClient(jobId));
      }
      awaitInFlight(MANY);
      await().untilAsserted(() -> assertThat(busyThreads()).isPositive().isLessThan(20));
      assertThat(API.http().get("/health/live").status()).isEqualTo(200);

      API.rows().succeed(jobId);

      for (Socket client : clients) {
        assertThat(RawHttp.read(client.getInputStream()).field("state")).isEqualTo("succeeded");
      }
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
  }

  @Test
  void aClientThatGoesAwayWhileItWaitsLeavesNothingBehind() throws Exception {
    String jobId = API.http().submitted();
    waitingClient(jobId).close();

    API.rows().succeed(jobId);

    awaitInFlight(0);
  }

  private static CompletableFuture<Answer> waiting(String jobId, String timeout) {
    return API.http().getLater("/v1/jobs/" + jobId + "/wait?timeout=" + timeout);
  }

  private static Socket waitingClient(String jobId) throws IOException {
    Socket client = API.raw().open();
    client
        .getOutputStream()
        .write(
            RawHttp.head("GET /v1/jobs/%s/wait?timeout=2m HTTP/1.1".formatted(jobId))
                .getBytes(StandardCharsets.US_ASCII));
    return client;
  }

  /** The scrape that asks is in flight as well. */
  private static void awaitInFlight(int waiters) {
    await()
        .untilAsserted(
            () ->
                assertThat(API.scrape().value("ss_http_requests_in_flight"))
                    .isEqualTo(waiters + 1.0));
  }

  private static double busyThreads() {
    return API.scrape().value("org_eclipse_jetty_util_thread_queued_thread_pool_dw_size")
        * API.scrape().value("org_eclipse_jetty_util_thread_queued_thread_pool_dw_utilization");
  }
}
