package dev.ss.drill.hostile;

import dev.ss.testkit.client.RawHttp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;

/** All attacks, in the order of the table. */
final class Attacks {
  private static final int MANY_AT_ONCE = 20;
  private static final int BATCH_BYTES = 15 << 20;
  private static final int INPUT_BYTES = 1 << 20;
  private static final int BIG_BODIES = 200;
  private static final String JSON = "Content-Type: application/json";
  private static final byte[] ONE_BYTE = {'x'};

  private Attacks() {}

  static List<Attack> all() {
    return List.of(
        new Attack("none", "nobody attacks", target -> () -> {}),
        new Attack(
            "idle",
            "connections on which nothing is sent",
            target -> Crowd.of(target.clients(), target.port(), member -> {})),
        new Attack(
            "crowded",
            "three times as many such connections as in the row above",
            target -> Crowd.of(3 * target.clients(), target.port(), member -> {})),
        new Attack(
            "slow-headers",
            "headers of which a byte comes each second",
            target ->
                Crowd.of(
                        target.clients(),
                        target.port(),
                        Crowd.saying("GET /health/live HTTP/1.1\r\nHost: localhost\r\nX: "))
                    .everySecond(Attacks::sendByte)),
        new Attack(
            "slow-bodies",
            "submissions of which a byte comes each second",
            target ->
                Crowd.of(target.clients(), target.port(), Crowd.saying(post("/v1/jobs", 100_000)))
                    .everySecond(Attacks::sendByte)),
        new Attack(
            "big-bodies",
            BIG_BODIES + " batches of 15 MiB that stop after 1 MiB",
            target ->
                Crowd.of(
                    BIG_BODIES,
                    target.port(),
                    Crowd.saying(post("/v1/jobs/batch", BATCH_BYTES) + "x".repeat(INPUT_BYTES)))),
        new Attack(
            "slow-output",
            "readers of an output of 1 MiB that read a byte each second",
            target ->
                Crowd.ofReaders(
                        target.clients(),
                        target.port(),
                        Crowd.saying(get("/v1/jobs/%s/output".formatted(target.jobId()))))
                    .everySecond(Attacks::readByte)),
        new Attack(
            "slow-scrapes",
            "scrapers that ask 10 times each and read a byte each second",
            target ->
                Crowd.ofReaders(
                        target.clients(), target.port(), Crowd.saying(get("/metrics").repeat(10)))
                    .everySecond(Attacks::readByte)),
        new Attack(
            "gone-waiters",
            "clients that wait for a job and hang up, again each second",
            target ->
                Crowd.of(
                        target.clients(),
                        target.port(),
                        Crowd.saying(
                            get("/v1/jobs/%s/wait?timeout=5m".formatted(target.unfinishedId()))))
                    .everySecond(
                        member -> {
                          throw new IOException("hangs up");
                        })),
        new Attack(
            "gzip-bombs",
            MANY_AT_ONCE + " clients that send batches of 15 kB that inflate to 15 MiB",
            target -> repeated(target.port(), "Content-Encoding: gzip", packed(batch()))),
        new Attack(
            "gigantic-bombs",
            MANY_AT_ONCE + " clients that send batches that inflate to 1 GiB",
            target -> repeated(target.port(), "Content-Encoding: gzip", packedSpaces())),
        new Attack(
            "batches",
            MANY_AT_ONCE + " clients that send batches of 15 MiB whose items are all refused",
            target -> repeated(target.port(), "X: y", batch())));
  }

  private static String get(String path) {
    return RawHttp.head("GET " + path + " HTTP/1.1");
  }

  private static String post(String path, int length) {
    return RawHttp.head("POST " + path + " HTTP/1.1", JSON, "Content-Length: " + length);
  }

  private static void sendByte(Socket member) throws IOException {
    member.getOutputStream().write(ONE_BYTE);
  }

  private static void readByte(Socket member) throws IOException {
    try {
      if (member.getInputStream().read() < 0) {
        throw new IOException("the API has closed the connection");
      }
    } catch (SocketTimeoutException nothingYet) {
      // There is more next time.
    }
  }

  /** Sends a batch from many threads, again and again. */
  private static AutoCloseable repeated(int port, String header, byte[] body) {
    byte[] head =
        RawHttp.head(
                "POST /v1/jobs/batch HTTP/1.1",
                JSON,
                header,
                "Content-Length: " + body.length,
                "Connection: close")
            .getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head);
    request.writeBytes(body);
    byte[] bytes = request.toByteArray();
    ExecutorService senders = Executors.newFixedThreadPool(MANY_AT_ONCE);
    for (int i = 0; i < MANY_AT_ONCE; i++) {
      senders.execute(
          () -> {
            while (!senders.isShutdown()) {
              send(port, bytes);
            }
          });
    }
    return senders::shutdownNow;
  }

  private static void send(int port, byte[] request) {
    try {
      new RawHttp(port).send(request);
    } catch (UncheckedIOException refused) {
      // The API may close the connection before it has everything.
    }
  }

  private static byte[] batch() {
    String item =
        "{\"job_type\":\"none\",\"input\":\"%s\"}".formatted("x".repeat(INPUT_BYTES - 50));
    String items = String.join(",", Collections.nCopies(BATCH_BYTES / INPUT_BYTES, item));
    return "{\"jobs\":[%s]}".formatted(items).getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] packed(byte[] bytes) {
    return packed(bytes, 1);
  }

  private static byte[] packedSpaces() {
    return packed(" ".repeat(INPUT_BYTES).getBytes(StandardCharsets.US_ASCII), 1024);
  }

  private static byte[] packed(byte[] bytes, int times) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      for (int i = 0; i < times; i++) {
        gzip.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
