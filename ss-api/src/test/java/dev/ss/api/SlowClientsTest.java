package dev.ss.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ss.api.support.ApiServerExtension;
import dev.ss.testkit.client.Http;
import dev.ss.testkit.client.RawHttp;
import dev.ss.testkit.contract.Contract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients that send or read slowly, or that hang up, more of them than the server has threads. */
class SlowClientsTest {
  @RegisterExtension static final ApiServerExtension API = new ApiServerExtension();

  private static final int MANY = 300;
  private static final int MORE_THAN_MAY_WAIT = 1_100;
  private static final byte[] OUTPUT = new byte[1 << 20];
  private static final String BODY = "{\"job_type\": \"report\", \"input\": \"x\"}";

  private final List<Socket> clients = new ArrayList<>();

  @AfterEach
  void hangUp() throws IOException {
    for (Socket client : clients) {
      client.close();
    }
  }

  @Test
  void aBodyThatComesSlowlyHoldsUpNobody() throws IOException {
    for (int i = 0; i < MANY; i++) {
      send(open(), post("/v1/jobs", BODY.length()) + BODY.charAt(0));
    }

    assertOthersAreServed();
  }

  @Test
  void aBodyThatComesInPiecesIsASubmissionLikeAnother() throws IOException {
    Socket client = open();
    send(client, post("/v1/jobs", BODY.length()));
    for (int i = 0; i < BODY.length(); i++) {
      send(client, BODY.substring(i, i + 1));
    }

    assertThat(RawHttp.read(client.getInputStream()).status()).isEqualTo(201);
  }

  @Test
  void aBodyThatNoRouteReadsHoldsUpNobody() throws IOException {
    String form = "Content-Type: application/x-www-form-urlencoded";
    for (int i = 0; i < MANY; i++) {
      send(
          open(),
          RawHttp.head("POST /v1/jobs/x/cancel HTTP/1.1", form, "Content-Length: 1000") + "a=");
    }

    assertOthersAreServed();
  }

  @Test
  void anOutputThatIsNotReadHoldsUpNobody() throws IOException {
    String jobId = finishedJob();
    for (int i = 0; i < MANY; i++) {
      send(reader(), RawHttp.head("GET /v1/jobs/" + jobId + "/output HTTP/1.1"));
    }

    assertOthersAreServed();
    assertThat(patient().get("/v1/jobs/" + jobId + "/output").body()).hasSize(OUTPUT.length);
  }

  @Test
  void aScrapeThatIsNotReadHoldsUpNobody() throws IOException {
    for (int i = 0; i < MANY; i++) {
      Socket reader = reader();
      for (int n = 0; n < 20; n++) {
        send(reader, RawHttp.head("GET /metrics HTTP/1.1"));
      }
    }

    assertOthersAreServed();
  }

  @Test
  void clientsThatHaveHungUpMakeRoomForOthersThatWait() throws IOException {
    String jobId = API.http().submitted();
    for (int i = 0; i < MORE_THAN_MAY_WAIT; i++) {
      Socket client = open();
      send(client, RawHttp.head("GET /v1/jobs/" + jobId + "/wait?timeout=5m HTTP/1.1"));
      client.close();
    }

    await()
        .atMost(Duration.ofSeconds(15))
        .until(() -> patient().get("/v1/jobs/" + jobId + "/wait?timeout=1ms").status() == 200);
    await()
        .atMost(Duration.ofSeconds(15))
        .until(() -> API.scrape().valueOrZero("ss_http_requests_in_flight") == 1);
  }

  @Test
  void aRequestThatAWaitingClientHasSentAlreadyIsNotLost() throws IOException {
    String jobId = API.http().submitted();
    Socket client = open();
    send(client, RawHttp.head("GET /v1/jobs/" + jobId + "/wait?timeout=3s HTTP/1.1"));
    await().until(() -> API.scrape().valueOrZero("ss_http_requests_in_flight") == 2);

    send(client, RawHttp.head("GET /health/live HTTP/1.1"));

    assertThat(RawHttp.read(client.getInputStream()).field("job_id")).isEqualTo(jobId);
    assertThat(RawHttp.read(client.getInputStream()).field("status")).isEqualTo("live");
  }

  private static void assertOthersAreServed() {
    Http other = patient();
    assertThat(other.get("/health/live").status()).isEqualTo(200);
    assertThat(other.submit(BODY).status()).isEqualTo(201);
    assertThat(other.get("/v1/jobs?limit=1").status()).isEqualTo(200);
    await().until(() -> other.get("/metrics").status() == 200);
  }

  /** A client that waits for a few seconds. */
  private static Http patient() {
    return new Http(
            HttpClient.newHttpClient(),
            URI.create("http://127.0.0.1:" + API.port()),
            Duration.ofSeconds(10))
        .heldTo(Contract.ofSs());
  }

  private static String finishedJob() {
    String jobId = API.http().submitted();
    API.rows().fail(jobId);
    API.rows().wrote(jobId, 1, OUTPUT, new byte[0]);
    return jobId;
  }

  private static String post(String path, int length) {
    return RawHttp.head(
        "POST " + path + " HTTP/1.1",
        "Content-Type: application/json",
        "Content-Length: " + length);
  }

  private Socket open() throws IOException {
    Socket client = API.raw().open();
    clients.add(client);
    return client;
  }

  /** A client for which the system keeps next to nothing. */
  private Socket reader() throws IOException {
    Socket client = new Socket();
    clients.add(client);
    client.setReceiveBufferSize(1);
    client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), API.port()));
    return client;
  }

  private static void send(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    client.getOutputStream().flush();
  }
}
