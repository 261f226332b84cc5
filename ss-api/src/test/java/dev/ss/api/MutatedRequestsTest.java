package dev.ss.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.ss.api.support.ApiServerExtension;
import dev.ss.testkit.client.RawHttp;
import dev.ss.testkit.unit.CapturedLog;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Requests that are nearly right: none of them makes the server fail, or is seen in the metrics or
 * the log. {@code -Dhostile.requests=30000 -Dhostile.seed=7} sends more, and others.
 */
class MutatedRequestsTest {
  @RegisterExtension static final ApiServerExtension API = new ApiServerExtension();

  private static final int REQUESTS = Integer.getInteger("hostile.requests", 1_000);
  private static final long SEED = Long.getLong("hostile.seed", 0);
  private static final int CLIENTS = 4;

  /** Versions and transfer codings that the server does not know. */
  private static final Set<Integer> HARMLESS = Set.of(501, 505);

  private static final List<byte[]> REQUESTS_TO_MUTATE =
      List.of(
          request("GET /health/ready HTTP/1.1"),
          request("GET /metrics?name[]=ss_http_requests_total HTTP/1.1", "Accept: */*"),
          request("GET /v1/jobs?state=queued&limit=3 HTTP/1.1", "Accept-Encoding: gzip"),
          request("GET /v1/jobs/019ab000-0000-7000-8000-000000000000/output HTTP/1.1", "Range: x"),
          request("HEAD / HTTP/1.1", "If-None-Match: \"x\""),
          request("OPTIONS /v1/jobs HTTP/1.1", "Origin: http://localhost"),
          request("POST /v1/jobs/019ab000-0000-7000-8000-000000000000/cancel HTTP/1.1"),
          submission("/v1/jobs", "{\"job_type\":\"report\",\"input\":\"x\",\"priority\":1}"),
          submission("/v1/jobs/batch", "{\"jobs\":[{\"job_type\":\"report\",\"input\":\"x\"}]}"),
          request(
              "POST /v1/jobs HTTP/1.1",
              "Content-Type: application/json; charset=utf-8",
              "Transfer-Encoding: chunked",
              "",
              "5",
              "{\"a\":",
              "2;x=y",
              "1}",
              "0"));

  private static final List<String> PIECES =
      List.of(
          "\r\n",
          "\n",
          "\r",
          ":",
          " ",
          "\t",
          "%00",
          "%",
          ";",
          "//",
          "/../",
          "?",
          "&",
          "=",
          "\"",
          "Content-Length: 5\r\n",
          "Transfer-Encoding: chunked\r\n",
          "Host: hostile\r\n",
          "Expect: 100-continue\r\n",
          "Upgrade: h2c\r\n",
          "Content-Encoding: gzip\r\n",
          "Authorization: Basic hostile\r\n",
          "9999999999999999999",
          "-1",
          "{",
          "[[[[",
          "\u0000");

  @Test
  void noneOfThemIsAFailure() throws Exception {
    List<String> failed = new ArrayList<>();
    try (CapturedLog log = CapturedLog.ofEverything()) {
      ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
      List<Future<List<String>>> sending = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        Random random = new Random(SEED * CLIENTS + client);
        sending.add(clients.submit(() -> failuresAmong(random, REQUESTS / CLIENTS)));
      }
      for (Future<List<String>> each : sending) {
        failed.addAll(each.get());
      }
      clients.shutdown();

      assertThat(failed).as("with -Dhostile.seed=%d", SEED).isEmpty();
      assertThat(log.count(Level.ERROR)).as(log.text()).isZero();
      assertThat(log.traces()).isEmpty();
      assertThat(log.text()).doesNotContain("hostile");
    }
    String metrics = API.scrape().text();
    assertThat(metrics).doesNotContain("hostile");
    assertThat(API.scrape().named("ss_http_requests_total").keySet())
        .allMatch(
            series -> series.matches(".*method=\"[A-Za-z_]{3,7}\",route=\"[a-z0-9/_{}-]{1,40}\".*"))
        .hasSizeLessThan(150);
    assertThat(API.http().get("/health/ready").status()).isEqualTo(200);
  }

  private static List<String> failuresAmong(Random random, int count) throws IOException {
    List<String> failed = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] request = REQUESTS_TO_MUTATE.get(random.nextInt(REQUESTS_TO_MUTATE.size()));
      for (int times = random.nextInt(4); times >= 0; times--) {
        request = mutated(request, random);
      }
      int status = statusOf(request);
      if (status >= 500 && !HARMLESS.contains(status)) {
        failed.add(status + " for " + new String(request, StandardCharsets.ISO_8859_1));
      }
    }
    return failed;
  }

  private static byte[] mutated(byte[] request, Random random) {
    int place = random.nextInt(request.length);
    int length = Math.min(random.nextInt(20), request.length - place);
    return switch (random.nextInt(6)) {
      case 0 -> replaced(request, place, 1, new byte[] {(byte) random.nextInt(256)});
      case 1 -> replaced(request, place, length, new byte[0]);
      case 2 -> replaced(request, place, 0, Arrays.copyOfRange(request, place, place + length));
      case 3 -> {
        byte[] noise = new byte[random.nextInt(random.nextInt(20) == 0 ? 10_000 : 10)];
        random.nextBytes(noise);
        yield replaced(request, place, 0, noise);
      }
      default -> {
        String piece = PIECES.get(random.nextInt(PIECES.size()));
        yield replaced(request, place, 0, piece.getBytes(StandardCharsets.ISO_8859_1));
      }
    };
  }

  /** Never empty, so that there is something to mutate further. */
  private static byte[] replaced(byte[] request, int place, int length, byte[] by) {
    byte[] result = new byte[request.length - length + by.length];
    System.arraycopy(request, 0, result, 0, place);
    System.arraycopy(by, 0, result, place, by.length);
    System.arraycopy(
        request, place + length, result, place + by.length, request.length - place - length);
    return result.length == 0 ? new byte[1] : result;
  }

  /** The status of the first answer; 0 if there is none. */
  private static int statusOf(byte[] request) throws IOException {
    try (Socket socket = API.raw().open()) {
      socket.getOutputStream().write(request);
      socket.shutdownOutput();
      return RawHttp.read(socket.getInputStream()).status();
    } catch (EOFException | SocketException | UncheckedIOException closed) {
      return 0;
    }
  }

  private static byte[] submission(String path, String body) {
    return (new String(
                request(
                    "POST " + path + " HTTP/1.1",
                    "Content-Type: application/json",
                    "Idempotency-Key: key",
                    "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                    "Content-Length: " + body.length()),
                StandardCharsets.US_ASCII)
            + body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] request(String requestLine, String... lines) {
    return RawHttp.head(requestLine, lines).getBytes(StandardCharsets.US_ASCII);
  }
}
