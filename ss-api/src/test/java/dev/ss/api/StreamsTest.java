package dev.ss.api;

import static dev.ss.api.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ss.api.support.ApiServerExtension;
import dev.ss.testkit.client.Answer;
import dev.ss.testkit.client.RawHttp;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands wrote, in parts and while they write it, over HTTP. */
class StreamsTest {
  @RegisterExtension static final ApiServerExtension API = new ApiServerExtension();

  private static final int CHUNKS = 40;
  private static final int CHUNK_BYTES = 256 * 1024;
  private static final byte[] OUTPUT = new byte[CHUNKS * CHUNK_BYTES];

  private static String finished;

  @BeforeAll
  static void store() {
    new Random(1).nextBytes(OUTPUT);
    finished = running();
    for (int i = 0; i < CHUNKS; i++) {
      byte[] chunk = new byte[CHUNK_BYTES];
      System.arraycopy(OUTPUT, i * CHUNK_BYTES, chunk, 0, CHUNK_BYTES);
      writes(finished, "output", (long) i * CHUNK_BYTES, chunk);
    }
    writes(finished, "log", 0, "head".getBytes(StandardCharsets.UTF_8));
    writes(finished, "log", 1004, "tail".getBytes(StandardCharsets.UTF_8));
    ends(finished);
  }

  private static String running() {
    String jobId = API.http().submitted();
    API.rows().start(jobId);
    return jobId;
  }

  private static void writes(String jobId, String stream, long position, byte[] bytes) {
    API.rows()
        .execute(
            "insert into output_chunks (job_id, run, stream, position, bytes)"
                + " select job_id, generation, ?, ?, ? from jobs where job_id = ?",
            stream,
            position,
            bytes,
            jobId);
  }

  private static void writes(String jobId, long position, String text) {
    writes(jobId, "log", position, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void ends(String jobId) {
    API.rows()
        .execute(
            "insert into job_attempts (job_id, run, attempt, outcome)"
                + " select job_id, generation, attempt, 'succeeded' from jobs where job_id = ?",
            jobId);
    API.rows().succeed(jobId);
  }

  private static String path(String stream) {
    return "/v1/jobs/" + finished + "/" + stream;
  }

  @Test
  void aLongOutputIsSentByteForByte() {
    Answer answer = API.http().get(path("output"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(OUTPUT);
    assertThat(answer.header("Content-Length")).contains(Integer.toString(OUTPUT.length));
    assertThat(answer.header("Accept-Ranges")).contains("bytes");
    assertThat(answer.header("SS-Run")).contains("1");
  }

  @Test
  void aClientThatTakesGzipGetsTheSameBytes() {
    Answer answer = API.http().get(path("output"), "Accept-Encoding", "gzip");

    assertThat(answer.header("Content-Encoding")).isEmpty();
    assertThat(answer.body()).isEqualTo(OUTPUT);
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 1",
    "bytes=10-19, 10, 20",
    "bytes=262143-262144, 262143, 262145",
    "bytes=300000-, 300000, 10485760",
    "bytes=-5, 10485755, 10485760",
    "bytes=10485000-99999999, 10485000, 10485760"
  })
  void aRangeOfItCanBeHad(String range, int from, int to) {
    Answer answer = API.http().get(path("output"), "Range", range);

    assertThat(answer.status()).isEqualTo(206);
    assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(OUTPUT, from, to));
    assertThat(answer.header("Content-Range"))
        .contains("bytes %d-%d/%d".formatted(from, to - 1, OUTPUT.length));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=0-1,5-6", "lines=0-1", "bytes=x"})
  void anotherKindOfRangeGetsAllOfIt(String range) {
    assertThat(API.http().get(path("log"), "Range", range).status()).isEqualTo(200);
  }

  @Test
  void aRangeBeyondTheEndIsRefused() {
    assertProblem(
        API.http().get(path("output"), "Range", "bytes=10485760-"), 416, "range_not_satisfiable");
  }

  @Test
  void aHeadRequestSaysHowLongItIs() {
    Answer answer = API.http().method("HEAD", path("output"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Length")).contains(Integer.toString(OUTPUT.length));
  }

  @Test
  void whatIsNotKeptOfALogIsSaid() {
    assertThat(API.http().get(path("log")).text())
        .isEqualTo("head\n[SS left out 1000 bytes here]\ntail");
  }

  @ParameterizedTest
  @CsvSource({
    "log?attempt=x, 400, invalid_parameter", "log?attempt=1&run=1, 400, invalid_parameter",
    "log?follow=yes, 400, invalid_parameter", "log?follow=true&run=1, 400, invalid_parameter",
    "log?run=7, 404, not_found", "log?attempt=7, 404, not_found"
  })
  void anAttemptThatIsNotThereIsRefused(String query, int status, String code) {
    assertProblem(API.http().get(path(query)), status, code);
  }

  @Test
  void whatARunningCommandHasWrittenSoFarCanBeHad() {
    String jobId = running();
    writes(jobId, 0, "so far");

    assertThat(API.http().get("/v1/jobs/" + jobId + "/log?run=1").text()).isEqualTo("so far");
    assertProblem(API.http().get("/v1/jobs/" + jobId + "/log"), 409, "job_not_finished");
  }

  /** A connection that follows a job's log. */
  private static Socket follow(String jobId, String... headers) throws Exception {
    Socket socket = API.raw().open();
    socket
        .getOutputStream()
        .write(
            RawHttp.head("GET /v1/jobs/" + jobId + "/log?follow=true HTTP/1.1", headers)
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static String readUntil(Socket socket, String text) throws Exception {
    StringBuilder read = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (read.indexOf(text) < 0) {
      int next = in.read();
      assertThat(next).as("closed after " + read).isNotNegative();
      read.append((char) next);
    }
    return read.toString();
  }

  @Test
  void aLogComesWhileItIsWritten() throws Exception {
    String jobId = running();
    try (Socket socket = follow(jobId)) {
      writes(jobId, 0, "one\n");
      readUntil(socket, "one\n");
      writes(jobId, 4, "two\n");
      readUntil(socket, "two\n");
      ends(jobId);

      assertThat(readUntil(socket, "0\r\n\r\n")).doesNotContain("one");
    }
    assertThat(
            API.scrape()
                .value(
                    "ss_http_request_duration_seconds_count{method=\"GET\",route=\"/v1/jobs/{job_id}/log?follow=true\",status_code=\"200\"}"))
        .isPositive();
  }

  @Test
  void eventsHaveIdsFromWhichAClientGoesOn() throws Exception {
    String jobId = running();
    writes(jobId, 0, "one two");
    String first;
    try (Socket socket = follow(jobId, "Accept: text/event-stream")) {
      first = readUntil(socket, "\"base64\":\"b25lIHR3bw==\"}\n\n");
    }
    assertThat(first)
        .contains("Content-Type: text/event-stream")
        .contains(
            "id: 1:0\nevent: attempt\ndata: {\"run\":1,\"attempt\":1,\"worker_id\":\"worker-1\"")
        .contains("id: 1:7\nevent: bytes\ndata: {\"run\":1,\"offset\":0,");
    writes(jobId, 7, " three");
    ends(jobId);
    try (Socket socket = follow(jobId, "Accept: text/event-stream", "Last-Event-ID: 1:4")) {
      assertThat(readUntil(socket, "0\r\n\r\n"))
          .contains("id: 1:7\nevent: bytes\ndata: {\"run\":1,\"offset\":4,\"base64\":\"dHdv\"}")
          .contains("id: 1:13\n")
          .contains(
              "event: end\ndata: {\"state\":\"succeeded\",\"exit_code\":0,\"error_code\":null}");
    }
    try (Socket socket = follow(jobId, "Last-Event-ID: nonsense")) {
      assertThat(readUntil(socket, "\r\n")).contains("400");
    }
  }

  @Test
  void aClientThatGoesAwayIsForgotten() throws Exception {
    String jobId = running();
    await().until(() -> inFlight() == 1); // the scrape itself
    Socket socket = follow(jobId);
    await().until(() -> inFlight() == 2);

    socket.close();

    await().until(() -> inFlight() == 1);
  }

  private static double inFlight() {
    return API.scrape().value("ss_http_requests_in_flight");
  }

  @Test
  void onlySoManyMayFollow() throws Exception {
    String jobId = running();
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 201; i++) {
        sockets.add(follow(jobId));
      }
      List<String> statusLines = new ArrayList<>();
      for (Socket socket : sockets) {
        statusLines.add(readUntil(socket, "\r\n").strip());
      }
      assertThat(statusLines)
          .filteredOn(line -> !line.equals("HTTP/1.1 200 OK"))
          .containsExactly("HTTP/1.1 503 Service Unavailable");
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }
}
