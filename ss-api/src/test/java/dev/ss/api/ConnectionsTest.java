package dev.ss.api;

import static dev.ss.api.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.ss.api.support.ApiServerExtension;
import dev.ss.testkit.client.Answer;
import dev.ss.testkit.client.RawHttp;
import dev.ss.testkit.unit.CapturedLog;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients that wait, go away, or come while the database is away, over real connections. */
class ConnectionsTest {
  @RegisterExtension static final ApiServerExtension API = new ApiServerExtension();

  private static final String JOB = "/019ab000-0000-7000-8000-000000000000";

  /** More than the server has threads, so that they can only all wait if they need none. */
  private static final int MANY = 400;

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
  void aClientWhoseTimeIsOverIsAnsweredWithTheJobAsItIs() throws Exception {
    String jobId = API.http().submitted();

    Answer answer = waiting(jobId, "1ms").get(30, TimeUnit.SECONDS);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.field("state")).isEqualTo("queued");
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

  @Test
  void aClientThatHangsUpInTheMidstOfADownloadIsNoError() throws Exception {
    String jobId = API.http().submitted();
    API.rows().fail(jobId);
    API.rows().wrote(jobId, 1, new byte[8_000_000], new byte[0]);
    try (CapturedLog log = CapturedLog.ofEverything()) {
      for (int i = 0; i < 20; i++) {
        hangUpDuring("/v1/jobs/" + jobId + "/output");
      }
      await().until(() -> API.scrape().valueOrZero("ss_http_requests_in_flight") == 1);

      assertThat(log.count(Level.ERROR)).as(log.text()).isZero();
      assertThat(log.count(Level.WARN)).as(log.text()).isZero();
    }
  }

  private static void hangUpDuring(String path) throws IOException {
    try (Socket socket = API.raw().open()) {
      socket
          .getOutputStream()
          .write(RawHttp.head("GET " + path + " HTTP/1.1").getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().readNBytes(100)).hasSize(100);
      // What has not been read by then is answered with a reset.
    }
  }

  /** Scrapes go on, because they do not ask the database. */
  @Test
  void aDatabaseThatIsLostAndFoundIsNoticed() {
    API.takeTheDatabaseAway();
    try {
      await().until(() -> API.http().get("/health/ready").status() == 503);

      for (String path : new String[] {"", JOB, JOB + "/wait?timeout=1s"}) {
        assertProblem(API.http().get("/v1/jobs" + path), 503, "database_unavailable");
      }
      assertThat(API.http().get("/health/live").status()).isEqualTo(200);
      awaitInFlight(0);
    } finally {
      API.bringTheDatabaseBack();
    }
    await().until(() -> API.http().get("/health/ready").status() == 200);
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
                assertThat(API.scrape().valueOrZero("ss_http_requests_in_flight"))
                    .isEqualTo(waiters + 1.0));
  }

  private static double busyThreads() {
    return API.scrape().valueOrZero("org_eclipse_jetty_util_thread_queued_thread_pool_dw_size")
        * API.scrape()
            .valueOrZero("org_eclipse_jetty_util_thread_queued_thread_pool_dw_utilization");
  }
}
