package dev.ss.api;

import static dev.ss.api.support.Problems.assertProblem;
import static dev.ss.testkit.exposition.Scrape.series;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.ss.api.support.ApiServerExtension;
import dev.ss.testkit.client.Answer;
import dev.ss.testkit.client.RawHttp;
import dev.ss.testkit.exposition.Scrape;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Submissions that are refused: each with its code, counted by its reason, and none stored. */
class BadSubmissionTest {
  @RegisterExtension static final ApiServerExtension API = new ApiServerExtension();

  private static final int MEBIBYTE = 1024 * 1024;

  /** The longest escape of every byte of the largest input, and some room. */
  private static final int MOST_BODY_BYTES = 6 * MEBIBYTE + 16 * 1024;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "nonsense",
        "{",
        "{\"job_type\": \"report\", \"input\": \"x\"",
        "{\"job_type\": \"report\", \"input\": \"x",
        "{\"job_type\": \"report\", \"input\": \"x\",}",
        "{'job_type': 'report', 'input': 'x'}",
        "{job_type: \"report\", input: \"x\"}",
        "{\"job_type\": \"report\", \"input\": \"x\"} trailing",
        "{\"job_type\": \"report\", \"input\": \"x\"}{}",
        "{\"job_type\": \"report\", \"input\": \"x\"}]",
        "{\"job_type\": \"report\", \"input\": \"x\", \"input\": \"y\"}",
        "{\"job_type\": \"report\", \"input\": \"x\", \"\\u0069nput\": \"y\"}",
        "{\"job_type\": \"report\", \"input\": \"line\nbreak\"}",
        "{\"job_type\": \"report\", \"input\": \"\\x\"}",
        "{\"job_type\": \"report\", \"input\": \"\\u12\"}",
        "{\"job_type\": \"report\", \"input\": \"x\", \"\\ud800\": 1}",
        "{\"job_type\": \"report\", \"input\": \"x\", \"priority\": 01}",
        "{\"job_type\": \"report\", \"input\": \"x\", \"priority\": +1}",
        "{\"job_type\": \"report\", \"input\": \"x\", \"priority\": NaN}",
        "{\"job_type\": \"report\", \"input\": \"x\", \"priority\": 0x1}",
        "/* no */ {\"job_type\": \"report\", \"input\": \"x\"}",
        "[]",
        "[{\"job_type\": \"report\", \"input\": \"x\"}]",
        "42",
        "\"text\"",
        "true",
        "null"
      })
  void aBodyThatIsNoJsonObjectIsRefused(String body) {
    assertRefused(() -> API.http().submit(body), 400, "invalid_json", "invalid_json");
  }

  @ParameterizedTest
  @ValueSource(ints = {21, 1_000, 100_000})
  void deepNestingIsRefusedBeforeItCostsAnything(int depth) {
    assertRefused(
        () ->
            API.http()
                .submit(
                    "{\"job_type\": \"report\", \"input\": \"x\", \"priority\": "
                        + "[".repeat(depth)
                        + "]".repeat(depth)
                        + "}"),
        400,
        "invalid_json",
        "invalid_json");
  }

  static Stream<Arguments> bytesThatAreNotUtf8() {
    byte[] body =
        "{\"job_type\": \"report\", \"input\": \"grüße\"}".getBytes(StandardCharsets.UTF_8);
    byte[] cutInACharacter = new byte[body.length - 6];
    System.arraycopy(body, 0, cutInACharacter, 0, cutInACharacter.length);
    String text = new String(body, StandardCharsets.UTF_8);
    return Stream.of(
        arguments("ISO 8859-1", text.getBytes(StandardCharsets.ISO_8859_1)),
        arguments("UTF-16", text.getBytes(StandardCharsets.UTF_16)),
        arguments("UTF-16LE", text.getBytes(StandardCharsets.UTF_16LE)),
        arguments("UTF-16BE", text.getBytes(StandardCharsets.UTF_16BE)),
        arguments("cut in a character", cutInACharacter),
        arguments("noise", new byte[] {(byte) 0xff, (byte) 0xfe, 0, (byte) 0xc0, (byte) 0x80}),
        arguments("gzip", new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0}));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bytesThatAreNotUtf8")
  void aBodyThatIsNotUtf8IsRefused(String encoding, byte[] body) {
    assertRefused(() -> API.http().submit(body), 400, "invalid_json", "invalid_json");
  }

  @ParameterizedTest
  @CsvSource({
    "job_type, 42",
    "job_type, true",
    "job_type, []",
    "job_type, {}",
    "input, 42",
    "input, 1.5",
    "input, false",
    "input, []",
    "input, {}",
    "priority, \"5\"",
    "priority, 1.5",
    "priority, 5.0",
    "priority, 1e1",
    "priority, 1e999999999",
    "priority, true",
    "priority, []",
    "priority, 101",
    "priority, -101",
    "priority, 2147483648",
    "priority, -9223372036854775809",
    "priority, 18446744073709551616",
    "max_attempts, \"3\"",
    "max_attempts, 1.5",
    "max_attempts, 1e1",
    "max_attempts, true",
    "max_attempts, {}",
    "max_attempts, 0",
    "max_attempts, -1",
    "max_attempts, 101",
    "max_attempts, 4294967297",
    "run_at, 1893456000",
    "run_at, true",
    "run_at, []",
    "run_at, \"\"",
    "run_at, \"now\"",
    "run_at, \"2026-01-31\"",
    "run_at, \"2026-01-31T12:00:00\"",
    "run_at, \"2026-02-30T12:00:00Z\"",
    "run_at, \"2026-01-31T25:00:00Z\"",
    "run_at, \"2026-01-31 12:00:00Z\"",
    "run_at, \"+999999999-12-31T23:59:59-18:00\"",
    "run_at, \"+1000000000-01-01T00:00:00Z\"",
    "run_at, \"9999-12-31T23:59:59Z\"",
  })
  void aFieldOfTheWrongTypeOrOutOfRangeIsRefused(String field, String value) {
    assertRefused(
        () -> API.http().submit(bodyWith(field, value)), 400, "invalid_field", "invalid_field");
  }

  @Test
  void aNumberOfAThousandDigitsIsRefused() {
    Answer answer = API.http().submit(bodyWith("priority", "9".repeat(1_001)));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.field("code")).isIn("invalid_json", "invalid_field");
  }

  @Test
  void aTimeJustBeyondTheLimitIsRefused() {
    Instant tooFar = Instant.now().plus(367, ChronoUnit.DAYS);

    assertRefused(
        () -> API.http().submit(bodyWith("run_at", "\"" + tooFar + "\"")),
        400,
        "invalid_field",
        "invalid_field");
  }

  @ParameterizedTest
  @ValueSource(strings = {"job_type", "input"})
  void aRequiredFieldThatIsNullIsMissing(String field) {
    assertRefused(
        () -> API.http().submit(bodyWith(field, "null")), 400, "missing_field", "invalid_field");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"job_type\": \"report\"}", "{\"input\": \"x\"}"})
  void aRequiredFieldThatIsLeftOutIsMissing(String body) {
    assertRefused(() -> API.http().submit(body), 400, "missing_field", "invalid_field");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jobType", "Input", "command", "", "input ", "\\u0000", "__proto__"})
  void aFieldThatIsNotKnownIsRefused(String field) {
    assertRefused(
        () -> API.http().submit(bodyWith(field, "1")), 400, "unknown_field", "invalid_field");
  }

  @Test
  void anUnknownFieldsNameIsShownOnlyInPart() {
    Answer answer = API.http().submit(bodyWith("é" + "😀".repeat(10_000), "1"));

    assertProblem(answer, 400, "unknown_field");
    assertThat(answer.body()).hasSizeLessThan(1_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nothing", "Report", "report ", "../report", "\\ud800", "\\u0000"})
  void aJobTypeThatIsNotConfiguredIsRefused(String jobType) {
    assertRefused(
        () -> API.http().submit(bodyWith("job_type", "\"" + jobType + "\"")),
        400,
        "unknown_job_type",
        "unknown_job_type");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\ud800", "\\udc00", "x\\ud83dx", "\\ude00\\ud83d"})
  void halfACharacterInTheInputIsRefused(String input) {
    assertRefused(
        () -> API.http().submit(bodyWith("input", "\"" + input + "\"")),
        400,
        "invalid_field",
        "invalid_field");
  }

  @ParameterizedTest
  @CsvSource({"a, 1, 1", "ü, 2, 2", "😀, 4, 4", "\\u0001, 1, 6", "\\ud83d\\ude00, 4, 12"})
  void anInputOfAMebibyteIsAcceptedAndNoByteMore(String character, int utf8Bytes, int bodyBytes) {
    String largest = character.repeat(MEBIBYTE / utf8Bytes);
    assertThat(largest.getBytes(StandardCharsets.UTF_8)).hasSize(MEBIBYTE / utf8Bytes * bodyBytes);

    Answer accepted = API.http().submit(bodyWith("input", "\"" + largest + "\""));

    assertThat(accepted.status()).isEqualTo(201);
    assertThat(
            API.rows()
                .number(
                    "select length(input) from job_inputs where job_id = ?",
                    accepted.field("job_id")))
        .isEqualTo(MEBIBYTE);
    assertRefused(
        () -> API.http().submit(bodyWith("input", "\"" + largest + "x\"")),
        413,
        "input_too_large",
        "too_large");
  }

  @ParameterizedTest
  @ValueSource(longs = {MOST_BODY_BYTES + 1, 3_000_000_000L, Long.MAX_VALUE})
  void aBodyThatSaysItIsTooLargeIsRefusedUnread(long length) {
    assertRefused(
        () -> API.raw().send(post("Content-Length: " + length)),
        413,
        "body_too_large",
        "too_large");
  }

  @Test
  void aBodyThatIsTooLargeIsNotAskedFor() {
    assertRefused(
        () ->
            API.raw()
                .send(post("Content-Length: " + (MOST_BODY_BYTES + 1), "Expect: 100-continue")),
        413,
        "body_too_large",
        "too_large");
  }

  @Test
  void aBodyThatOnlyTurnsOutToBeTooLargeIsRefused() {
    assertRefused(BadSubmissionTest::sendTooMuchInChunks, 413, "body_too_large", "too_large");
  }

  @Test
  void aSmallBodyThatUnpacksToATooLargeOneIsRefused() {
    byte[] packed = gzip(" ".repeat(100 * MEBIBYTE).getBytes(StandardCharsets.US_ASCII));
    assertThat(packed).hasSizeLessThan(MEBIBYTE);

    assertRefused(
        () -> API.http().submit(packed, "Content-Encoding", "gzip"),
        413,
        "body_too_large",
        "too_large");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "\u001f\b\b\0\0\0\0\0\0\0\7\7\7"})
  void aBodyThatIsNotPackedAsItSaysIsRefused(String body) {
    assertRefused(
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
    String padded = rest + " ".repeat(MOST_BODY_BYTES - rest.length());

    assertThat(API.http().submit(padded).status()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "text/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/octet-stream",
        "application/problem+json",
        "application/json; charset=iso-8859-1",
        "application/json; charset=utf-16",
        "application/json; charset=nonsense",
        "*/*",
        "application/*"
      })
  void aBodyThatIsNotDeclaredAsJsonIsRefused(String contentType) {
    assertRefused(
        () -> API.http().submit(bodyWith("input", "\"x\""), "Content-Type", contentType),
        415,
        "unsupported_media_type",
        "unsupported_media_type");
  }

  @Test
  void aBodyThatIsNotDeclaredAtAllIsRefused() {
    assertRefused(
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
    assertRefused(
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
      for (int i = 0; i < MOST_BODY_BYTES / 1024; i++) {
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

  private static void assertRefused(
      Supplier<Answer> submission, int status, String code, String reason) {
    long stored = API.rows().stored();
    Scrape before = API.scrape();

    assertProblem(submission.get(), status, code);

    assertThat(API.rows().stored()).isEqualTo(stored);
    assertThat(API.scrape().grownSince(before, "ss_job_rejections_total"))
        .isEqualTo(Map.of(series("ss_job_rejections_total", "reason", reason), 1.0));
  }
}
