package dev.ss.api.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubmissionJsonTest {
  private static final String GOOD = "{\"job_type\": \"report\", \"input\": \"x\"}";

  @Test
  void everyFieldIsRead() {
    SubmitBody body =
        SubmissionJson.submission(
            utf8(
                "{\"job_type\": \"report\", \"input\": \"grüße\\n😀\", \"priority\": -7,"
                    + " \"run_at\": \"2026-01-31T12:00:00Z\", \"max_attempts\": 5}"));

    assertThat(body)
        .isEqualTo(
            Bodies.of(
                "report",
                "grüße\n😀",
                Optional.of(-7),
                Optional.of("2026-01-31T12:00:00Z"),
                Optional.of(5)));
  }

  @Test
  void parametersLabelsAndATimeoutAreRead() {
    SubmitBody body =
        SubmissionJson.submission(
            utf8(
                "{\"job_type\": \"report\", \"input\": \"\", \"parameters\": {\"size\": \"8x6\"},"
                    + " \"labels\": {\"team\": \"data\", \"env\": \"\"}, \"timeout\": \"90s\"}"));

    assertThat(body.parameters()).contains(Map.of("size", "8x6"));
    assertThat(body.labels()).contains(Map.of("team", "data", "env", ""));
    assertThat(body.timeout()).contains("90s");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ", \"priority\": null, \"run_at\": null, \"max_attempts\": null, \"parameters\": null, \"labels\": null, \"timeout\": null"
      })
  void anOptionalFieldMayBeAbsentOrNull(String optional) {
    assertThat(
            SubmissionJson.submission(
                utf8("{\"job_type\": \"report\", \"input\": \"\"%s}".formatted(optional))))
        .isEqualTo(Bodies.of("report", "", Optional.empty(), Optional.empty(), Optional.empty()));
  }

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
        "{\"job_type\": 42, \"unknown\": 1} trailing",
        "/* no */ {\"job_type\": \"report\", \"input\": \"x\"}",
        "[]",
        "[{\"job_type\": \"report\", \"input\": \"x\"}]",
        "42",
        "\"text\"",
        "true",
        "null"
      })
  void aBodyThatIsNotAJsonObjectIsRefused(String body) {
    assertThat(refusal(body).code()).isEqualTo(ProblemCode.INVALID_JSON);
  }

  @ParameterizedTest
  @ValueSource(ints = {21, 1_000, 100_000})
  void deepNestingIsRefusedAsInvalidJson(int depth) {
    String deep = "[".repeat(depth) + "]".repeat(depth);

    assertThat(refusal(bodyWith("priority", deep)).code()).isEqualTo(ProblemCode.INVALID_JSON);
  }

  @Test
  void aNumberOfAThousandDigitsIsRefused() {
    assertThat(refusal(bodyWith("priority", "9".repeat(1_001))).code())
        .isEqualTo(ProblemCode.INVALID_JSON);
  }

  static Stream<Arguments> bytesThatAreNotUtf8() {
    byte[] body = utf8("{\"job_type\": \"report\", \"input\": \"grüße\"}");
    String text = new String(body, StandardCharsets.UTF_8);
    return Stream.of(
        arguments("ISO 8859-1", text.getBytes(StandardCharsets.ISO_8859_1)),
        arguments("UTF-16", text.getBytes(StandardCharsets.UTF_16)),
        arguments("UTF-16LE", text.getBytes(StandardCharsets.UTF_16LE)),
        arguments("UTF-16BE", text.getBytes(StandardCharsets.UTF_16BE)),
        arguments("cut in a character", Arrays.copyOf(body, body.length - 6)),
        arguments("noise", new byte[] {(byte) 0xff, (byte) 0xfe, 0, (byte) 0xc0, (byte) 0x80}),
        arguments("gzip", new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 0}));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bytesThatAreNotUtf8")
  void aBodyThatIsNotUtf8IsRefused(String encoding, byte[] body) {
    ProblemException refusal = refusal(body);

    assertThat(refusal.code()).isEqualTo(ProblemCode.INVALID_JSON);
    assertThat(refusal).hasMessage("The body is not UTF-8.");
  }

  @Test
  void theErrorSaysWhereTheJsonIsWrong() {
    assertThat(refusal("{\"job_type\": \"report\",\n \"input\": x}"))
        .hasMessageStartingWith("The body is not valid JSON (line 2, column 1");
    assertThat(refusal(GOOD + "\n\n  x"))
        .hasMessage("The body is not valid JSON (line 3, column 3).");
  }

  @ParameterizedTest
  @CsvSource({
    "job_type, 42, a string",
    "job_type, true, a string",
    "job_type, [], a string",
    "job_type, {}, a string",
    "input, 42, a string",
    "input, 1.5, a string",
    "input, false, a string",
    "input, [], a string",
    "input, [\"x\"], a string",
    "input, {}, a string",
    "priority, \"5\", an integer",
    "priority, \"\", an integer",
    "priority, \" \", an integer",
    "priority, 1.5, an integer",
    "priority, 5.0, an integer",
    "priority, 1e1, an integer",
    "priority, 1e999999999, an integer",
    "priority, true, an integer",
    "priority, [], an integer",
    "priority, [1], an integer",
    "priority, 2147483648, an integer",
    "priority, -9223372036854775809, an integer",
    "priority, 18446744073709551616, an integer",
    "max_attempts, \"3\", an integer",
    "max_attempts, 1.5, an integer",
    "max_attempts, 1e1, an integer",
    "max_attempts, true, an integer",
    "max_attempts, {}, an integer",
    "max_attempts, 4294967297, an integer",
    "run_at, 1893456000, a string",
    "run_at, true, a string",
    "run_at, [], a string",
    "timeout, 60, a string",
    "labels, 5, an object of strings",
    "labels, \"a:b\", an object of strings",
    "labels, [], an object of strings",
    "labels, {\"a\": 1}, an object of strings",
    "labels, {\"a\": true}, an object of strings",
    "parameters, true, an object of strings",
    "parameters, {\"a\": {}}, an object of strings",
    "parameters, {\"a\": [\"b\"]}, an object of strings",
  })
  void aFieldOfTheWrongTypeIsNamedWithItsType(String field, String value, String type) {
    ProblemException refusal = refusal(bodyWith(field, value));

    assertThat(refusal.code()).isEqualTo(ProblemCode.INVALID_FIELD);
    assertThat(refusal).hasMessage("%s must be %s.".formatted(field, type));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                         | job_type",
        "{\"job_type\": \"report\"}                 | input",
        "{\"input\": \"x\"}                         | job_type",
        "{\"job_type\": null, \"input\": \"x\"}     | job_type",
        "{\"job_type\": \"report\", \"input\": null}| input",
      })
  void aRequiredFieldThatIsAbsentOrNullIsNamed(String body, String field) {
    ProblemException refusal = refusal(body);

    assertThat(refusal.code()).isEqualTo(ProblemCode.MISSING_FIELD);
    assertThat(refusal).hasMessage("The field %s is required.".formatted(field));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"jobType", "Input", "command", "", "input ", "__proto__", "idempotency_key"})
  void anUnknownFieldIsNamedWithThoseThatExist(String field) {
    for (String value : List.of("1", "null", "[[{}]]")) {
      ProblemException refusal = refusal(bodyWith(field, value));

      assertThat(refusal.code()).isEqualTo(ProblemCode.UNKNOWN_FIELD);
      assertThat(refusal)
          .hasMessage(
              ("There is no field \"%s\"; there are job_type, input, priority, run_at,"
                      + " max_attempts, parameters, labels, timeout.")
                  .formatted(field));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"job_type\": \"report\", \"imput\": \"x\"}",
        "{\"job_type\": 42, \"input\": \"x\", \"imput\": \"x\"}",
        "{\"imput\": \"x\"}"
      })
  void aMisspeltFieldIsNamedBeforeTheOneThatIsMissing(String body) {
    assertThat(refusal(body)).hasMessageStartingWith("There is no field \"imput\"; there are");
  }

  @Test
  void anUnknownFieldMayHaveAnyName() {
    assertThat(refusal(bodyWith("\\u0000", "1")).code()).isEqualTo(ProblemCode.UNKNOWN_FIELD);
  }

  @Test
  void anUnknownFieldsNameIsShownOnlyInPart() {
    ProblemException refusal = refusal(bodyWith("é" + "😀".repeat(10_000), "1"));

    assertThat(refusal.code()).isEqualTo(ProblemCode.UNKNOWN_FIELD);
    assertThat(refusal.getMessage()).hasSizeLessThan(200);
  }

  @Test
  void anItemOfABatchHasItsIdempotencyKeyInAField() {
    List<Optional<String>> keys =
        SubmissionJson.batch(
            utf8("{\"jobs\": [%s, %s]}".formatted(GOOD, keyed("\"k\""))),
            json -> SubmissionJson.item(json).idempotencyKey());

    assertThat(keys).containsExactly(Optional.empty(), Optional.of("k"));
  }

  @Test
  void anItemsKeyIsAString() {
    ProblemException refusal = batchRefusal(batch(keyed("7")));

    assertThat(refusal.code()).isEqualTo(ProblemCode.INVALID_FIELD);
    assertThat(refusal).hasMessage("idempotency_key must be a string.");
  }

  @Test
  void anUnknownFieldOfAnItemIsNamedWithThoseThatExist() {
    assertThat(batchRefusal(batch("{\"x\": 1, \"job_type\": \"report\", \"input\": \"x\"}")))
        .hasMessage(
            "There is no field \"x\"; there are job_type, input, priority, run_at, max_attempts,"
                + " parameters, labels, timeout, idempotency_key.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                         | INVALID_JSON",
        "[]                                         | INVALID_JSON",
        "42                                         | INVALID_JSON",
        "null                                       | INVALID_JSON",
        "{                                          | INVALID_JSON",
        "{\"jobs\"                                  | INVALID_JSON",
        "{\"jobs\": [GOOD                           | INVALID_JSON",
        "{\"jobs\": [GOOD,]}                        | INVALID_JSON",
        "{\"jobs\": [GOOD]} x                       | INVALID_JSON",
        "{\"jobs\": [GOOD]}{}                       | INVALID_JSON",
        "{\"jobs\": [GOOD], \"jobs\": [GOOD]}       | INVALID_JSON",
        "{\"jobs\": [GOOD, {\"input\":1,\"input\":2}]}                | INVALID_JSON",
        "{\"jobs\": [GOOD, [[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]} | INVALID_JSON",
        "{\"jobs\": [GOOD], \"job\": 1}             | UNKNOWN_FIELD",
        "{\"priority\": 1, \"jobs\": [GOOD]}        | UNKNOWN_FIELD",
        "{}                                         | MISSING_FIELD",
        "{\"jobs\": null}                           | MISSING_FIELD",
        "{\"jobs\": []}                             | INVALID_FIELD",
        "{\"jobs\": {}}                             | INVALID_FIELD",
        "{\"jobs\": \"x\"}                          | INVALID_FIELD",
      })
  void aBodyThatIsNotABatchIsRefusedWhole(String body, ProblemCode code) {
    ProblemException refusal =
        catchThrowableOfType(
            ProblemException.class,
            () -> SubmissionJson.batch(utf8(body.replace("GOOD", GOOD)), json -> json));

    assertThat(refusal.code()).isEqualTo(code);
  }

  @Test
  void aBatchThatIsNotUtf8IsRefusedWhole() {
    byte[] body = utf8(batch(GOOD));
    body[body.length - 6] = (byte) 0xff;

    assertThat(
            catchThrowableOfType(
                ProblemException.class, () -> SubmissionJson.batch(body, json -> json)))
        .hasMessage("The body is not UTF-8.");
  }

  @Test
  void aBatchHasAtMostAThousandItems() {
    assertThat(SubmissionJson.batch(utf8(batch(copies(1000))), json -> json)).hasSize(1000);

    ProblemException refusal = batchRefusal(batch(copies(1001)));

    assertThat(refusal.code()).isEqualTo(ProblemCode.INVALID_FIELD);
    assertThat(refusal).hasMessage("jobs must be an array of 1 to 1000 submissions.");
  }

  private static String[] copies(int count) {
    return Collections.nCopies(count, GOOD).toArray(String[]::new);
  }

  private static String batch(String... items) {
    return "{\"jobs\": [" + String.join(", ", items) + "]}";
  }

  private static String keyed(String key) {
    return "{\"job_type\": \"report\", \"input\": \"x\", \"idempotency_key\": %s}".formatted(key);
  }

  /** A good body, except for this field. */
  private static String bodyWith(String field, String value) {
    String jobType = field.equals("job_type") ? "" : "\"job_type\": \"report\", ";
    String input = field.equals("input") ? "" : "\"input\": \"x\", ";
    return "{%s%s\"%s\": %s}".formatted(jobType, input, field, value);
  }

  private static ProblemException refusal(String body) {
    return refusal(utf8(body));
  }

  private static ProblemException refusal(byte[] body) {
    return catchThrowableOfType(ProblemException.class, () -> SubmissionJson.submission(body));
  }

  private static ProblemException batchRefusal(String body) {
    return catchThrowableOfType(
        ProblemException.class, () -> SubmissionJson.batch(utf8(body), SubmissionJson::item));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
