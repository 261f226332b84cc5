package dev.ss.api;

import static dev.ss.api.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ss.api.support.ApiServerExtension;
import dev.ss.testkit.client.Answer;
import dev.ss.testkit.client.RawHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs that are bodies of requests, over HTTP. */
class RawInputTest {
  private static final int MAX = 2 * 1024 * 1024;

  @RegisterExtension
  static final ApiServerExtension API = ApiServerExtension.with("maxInputSize: 2MiB");

  private static final String PATH = "/v1/jobs?job_type=word-count";
  private static final String BYTES = "application/octet-stream";

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  private static Answer post(String path, byte[] body, String contentType, String... headers) {
    String[] all = new String[headers.length + 2];
    all[0] = "Content-Type";
    all[1] = contentType;
    System.arraycopy(headers, 0, all, 2, headers.length);
    return API.http().postJson(path, body, all);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 262_143, 262_144, 262_145, 524_288, 1_500_000, MAX})
  void anyBytesAreAnInputAndCanBeHadBack(int count) {
    Answer created = post(PATH + "&priority=7", bytes(count), BYTES);

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.json().get("input_size").intValue()).isEqualTo(count);
    assertThat(created.json().get("priority").intValue()).isEqualTo(7);
    Answer input = API.http().get(created.header("Location").orElseThrow() + "/input");
    assertThat(input.status()).isEqualTo(200);
    assertThat(input.body()).isEqualTo(bytes(count));
  }

  @ParameterizedTest
  @ValueSource(strings = {"image/png", "application/json", "text/csv; charset=latin1"})
  void anInputMayHaveItsOwnType(String contentType) {
    assertThat(post(PATH, bytes(10), contentType).status()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "TEXT/plain; x=y",
        "application/x-www-form-urlencoded",
        "multipart/form-data"
      })
  void whatAPageOfAnotherSiteCouldSendIsRefused(String contentType) {
    API.assertRefuses(
        () -> post(PATH, bytes(10), contentType),
        415,
        "unsupported_media_type",
        "unsupported_media_type");
  }

  @Test
  void aBodyWithoutATypeIsRefused() {
    API.assertRefuses(
        () -> API.raw().send(RawHttp.head("POST " + PATH + " HTTP/1.1", "Content-Length: 1") + "x"),
        415,
        "unsupported_media_type",
        "unsupported_media_type");
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/jobs?job_type=nothing, 400, unknown_job_type, unknown_job_type",
    "/v1/jobs?job_type=word-count&priority=high, 400, invalid_parameter, invalid_field",
    "/v1/jobs?job_type=word-count&priority=101, 400, invalid_field, invalid_field",
    "/v1/jobs?job_type=word-count&run_at=soon, 400, invalid_field, invalid_field",
    "/v1/jobs?priority=1, 400, invalid_parameter, invalid_field"
  })
  void aSubmissionThatCannotBeIsRefusedAndItsInputForgotten(
      String path, int status, String code, String reason) {
    API.assertRefuses(() -> post(path, bytes(600_000), BYTES), status, code, reason);
    await().until(() -> orphans() == 0);
  }

  @Test
  void anInputThatIsTooLargeIsRefusedWhetherItSaysSoOrNot() throws Exception {
    API.assertRefuses(() -> post(PATH, bytes(MAX + 1), BYTES), 413, "input_too_large", "too_large");
    API.assertRefuses(() -> chunked(bytes(MAX + 1)), 413, "input_too_large", "too_large");
  }

  /** Without a Content-Length. */
  private static Answer chunked(byte[] body) {
    try (Socket socket = API.raw().open()) {
      socket
          .getOutputStream()
          .write(
              RawHttp.head(
                      "POST " + PATH + " HTTP/1.1",
                      "Content-Type: " + BYTES,
                      "Transfer-Encoding: chunked")
                  .getBytes(StandardCharsets.US_ASCII));
      socket
          .getOutputStream()
          .write((Integer.toHexString(body.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(body);
      socket.getOutputStream().write("\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      return RawHttp.read(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aKeyMakesARepetitionOfALongInputTheSameJob() {
    byte[] input = bytes(700_000);
    String first = post(PATH, input, BYTES, "Idempotency-Key", "long").field("job_id");

    Answer again = post(PATH, input, BYTES, "Idempotency-Key", "long");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.field("job_id")).isEqualTo(first);
    input[600_000]++;
    assertProblem(
        post(PATH, input, BYTES, "Idempotency-Key", "long"), 409, "idempotency_key_reused");
    await().until(() -> orphans() == 0);
  }

  @Test
  void anUploadThatBreaksOffLeavesNothing() throws Exception {
    long jobs = API.rows().number("select count(*) from jobs");
    Socket socket = API.raw().open();
    socket
        .getOutputStream()
        .write(
            RawHttp.head(
                    "POST " + PATH + " HTTP/1.1",
                    "Content-Type: " + BYTES,
                    "Content-Length: 1000000")
                .getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(bytes(700_000));
    await().until(() -> orphans() > 0);
    socket.close();

    await().until(() -> orphans() == 0);
    assertThat(API.rows().number("select count(*) from jobs")).isEqualTo(jobs);
  }

  private static long orphans() {
    return API.rows()
        .number(
            "select count(*) from upload_chunks where upload_id not in"
                + " (select upload_id from job_inputs where upload_id is not null)");
  }
}
