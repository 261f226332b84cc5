package dev.ss.api;

import static dev.ss.api.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.api.support.ApiServerExtension;
import dev.ss.testkit.client.Answer;
import dev.ss.testkit.client.RawHttp;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Submissions that are refused because of how they are sent: each with its code, counted by its
 * reason, and none stored.
 */
class BadSubmissionTest {
  @RegisterExtension static final ApiServerExtension API = new ApiServerExtension();

  private static final int MEBIBYTE = 1024 * 1024;

  /** The longest escape of every byte of the largest input, and some room. */
  private static final int MAX_BODY_BYTES = 6 * MEBIBYTE + 256 * 1024;

  @Test
  void aBodyThatIsNotJsonIsRefused() {
    API.assertRefuses(() -> API.http().submit("{"), 400, "invalid_json", "invalid_json");
  }

  @Test
  void aLargestInputInItsLongestEscapesIsAccepted() {
    String largest = "\\u0001".repeat(MEBIBYTE);

    Answer accepted = API.http().submit(bodyWith("input", "\"" + largest + "\""));

    assertThat(accepted.status()).isEqualTo(201);
    assertThat(
            API.rows()
                .number(
                    "select length(input) from job_inputs where job_id = ?",
                    accepted.field("job_id")))
        .isEqualTo(MEBIBYTE);
    API.assertRefuses(
        () -> API.http().submit(bodyWith("input", "\"" + largest + "x\"")),
        413,
        "input_too_large",
        "too_large");
  }

  /** Sent as bytes, because a proper client does not send all of these. */
  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "two words", "tab\tinside", "grüße", "€"})
  void anIdempotencyKeyOfOtherCharactersIsRefused(String key) {
    String body = bodyWith("input", "\"x\"");
    String request = post("Content-Length: " + body.length(), "Idempotency-Key: " + key) + body;

    API.assertRefuses(
        () -> API.raw().send(request.getBytes(StandardCharsets.UTF_8)),
        400,
        "invalid_idempotency_key",
        "invalid_idempotency_key");
  }

  @ParameterizedTest
  @ValueSource(longs = {MAX_BODY_BYTES + 1, 3_000_000_000L, Long.MAX_VALUE})
  void aBodyThatSaysItIsTooLargeIsRefusedUnread(long length) {
    API.assertRefuses(
        () -> API.raw().send(post("Content-Length: " + length)),
        413,
        "body_too_large",
        "too_large");
  }

  @Test
  void aBodyThatIsTooLargeIsNotAskedFor() {
    API.assertRefuses(
        () ->
            API.raw().send(post("Content-Length: " + (MAX_BODY_BYTES + 1), "Expect: 100-continue")),
        413,
        "body_too_large",
        "too_large");
  }

  @Test
  void aBodyThatOnlyTurnsOutToBeTooLargeIsRefused() {
    API.assertRefuses(BadSubmissionTest::sendTooMuchInChunks, 413, "body_too_large", "too_large");
  }

  @Test
  void aSmallBodyThatUnpacksToATooLargeOneIsRefused() {
    byte[] packed = gzip(" ".repeat(100 * MEBIBYTE).getBytes(StandardCharsets.US_ASCII));
    assertThat(packed).hasSizeLessThan(MEBIBYTE);

    API.assertRefuses(
        () -> API.http().submit(packed, "Content-Encoding", "gzip"),
        413,
        "body_too_large",
        "too_large");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "\u001f\b\b\0\0\0\0\0\0\0\7\7\7"})
  void aBodyThatIsNotPackedAsItSaysIsRefused(String body) {
    API.assertRefuses(
        () ->
            API.http().submit(body.getBytes(StandardCharsets.US_ASCII), "Content-Encoding", "gzip"),
        400,
        "invalid_json",
        "invalid_json");
  }

  @Test
  void aPackedBodyIsUnpacked() {
    byte[] packed = gzip(bodyWith("input", "\"x\"").getBytes(StandardCharsets.UTF_8));

    assertThat(API.http().submit(packed, "Content-Encoding", "gzip").status()).isEqualTo(201);
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  @Test
  void aBodyOfTheLargestSizeIsRead() {
    String rest = bodyWith("input", "\"x\"");
    String padded = rest + " ".repeat(MAX_BODY_BYTES - rest.length());

    assertThat(API.http().submit(padded).status()).isEqualTo(201);
  }

  @Test
  void aBodyThatIsNotDeclaredAtAllIsRefused() {
    API.assertRefuses(
        () -> API.raw().send(RawHttp.head("POST /v1/jobs HTTP/1.1", "Content-Length: 2") + "{}"),
        415,
        "unsupported_media_type",
        "unsupported_media_type");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "json", "/", "application/json; charset=", "application/json, text/plain"})
  void aContentTypeThatIsNoMediaTypeIsAMalformedHeader(String contentType) {
    long stored = API.rows().stored();

    Answer answer =
        API.raw()
            .send(
                RawHttp.head(
                        "POST /v1/jobs HTTP/1.1",
                        "Content-Type: " + contentType,
                        "Content-Length: 2")
                    + "{}");

    assertProblem(answer, 400, "bad_request");
    assertThat(API.rows().stored()).isEqualTo(stored);
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Length: 1000, '{\"job_type\"'",
    "Transfer-Encoding: chunked, '5\r\n{\"job'",
    "Transfer-Encoding: chunked, 'no chunk\r\n'",
  })
  void aBodyThatDoesNotArriveWholeIsRefused(String framing, String part) {
    API.assertRefuses(
        () -> sendPartly(post(framing) + part.translateEscapes()),
        400,
        "invalid_json",
        "invalid_json");
  }

  private static Answer sendPartly(String request) {
    try (Socket socket = API.raw().open()) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      return RawHttp.read(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends no more than the server reads, so that its answer cannot be lost to a reset. */
  private static Answer sendTooMuchInChunks() {
    byte[] chunk =
        (Integer.toHexString(1024) + "\r\n" + " ".repeat(1024) + "\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    try (Socket socket = API.raw().open()) {
      OutputStream out = new BufferedOutputStream(socket.getOutputStream());
      out.write(post("Transfer-Encoding: chunked").getBytes(StandardCharsets.US_ASCII));
      for (int i = 0; i < MAX_BODY_BYTES / 1024; i++) {
        out.write(chunk);
      }
      out.write("1\r\n ".getBytes(StandardCharsets.US_ASCII));
      out.flush();
      return RawHttp.read(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String post(String... headerLines) {
    return RawHttp.head(
        "POST /v1/jobs HTTP/1.1",
        Stream.concat(Stream.of("Content-Type: application/json"), Stream.of(headerLines))
            .toArray(String[]::new));
  }

  /** A good body, but for this field. */
  private static String bodyWith(String field, String value) {
    String jobType = field.equals("job_type") ? "" : "\"job_type\": \"report\", ";
    String input = field.equals("input") ? "" : "\"input\": \"x\", ";
    return "{%s%s\"%s\": %s}".formatted(jobType, input, field, value);
  }
}
