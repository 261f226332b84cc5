package dev.ss.api.submit;

import static dev.ss.api.submit.Refusal.because;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ss.api.problem.ProblemCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * A submission as the client wrote it, each field present and of its type, none unknown.
 *
 * @param input in UTF-8
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record SubmitBody(
    String jobType,
    byte[] input,
    Optional<Integer> priority,
    Optional<String> runAt,
    Optional<Integer> maxAttempts) {

  private static final List<String> FIELDS =
      List.of("job_type", "input", "priority", "run_at", "max_attempts");

  /** Whole bodies are limited before they get here, so a string may be as long as one. */
  private static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxStringLength(Integer.MAX_VALUE)
                          .maxNestingDepth(20)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  static SubmitBody parse(byte[] body) {
    JsonNode object = object(body);
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!FIELDS.contains(name)) {
        throw because(
            ProblemCode.UNKNOWN_FIELD,
            "There is no field %s; there are %s."
                .formatted(quoted(name), String.join(", ", FIELDS)));
      }
    }
    return new SubmitBody(
        text(object, "job_type").orElseThrow(() -> missing("job_type")),
        utf8(text(object, "input").orElseThrow(() -> missing("input"))),
        integer(object, "priority"),
        text(object, "run_at"),
        integer(object, "max_attempts"));
  }

  private static JsonNode object(byte[] body) {
    JsonNode node;
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      node = JSON.readTree(text);
    } catch (CharacterCodingException e) {
      throw because(ProblemCode.INVALID_JSON, "The body is not UTF-8.");
    } catch (JsonProcessingException e) {
      throw because(
          ProblemCode.INVALID_JSON,
          "The body is not valid JSON (line %d, column %d)."
              .formatted(
                  e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
                  e.getLocation() == null ? 1 : e.getLocation().getColumnNr()));
    }
    if (!node.isObject()) {
      throw because(
          ProblemCode.INVALID_JSON,
          "The body must be a JSON object such as {\"job_type\": \"word-count\", \"input\": \"…\"}.");
    }
    return node;
  }

  private static RuntimeException missing(String field) {
    return because(ProblemCode.MISSING_FIELD, "The field %s is required.".formatted(field));
  }

  private static Optional<String> text(JsonNode object, String field) {
    return present(object, field)
        .map(
            value -> {
              if (!value.isTextual()) {
                throw because(ProblemCode.INVALID_FIELD, "%s must be a string.".formatted(field));
              }
              return value.textValue();
            });
  }

  private static Optional<Integer> integer(JsonNode object, String field) {
    return present(object, field)
        .map(
            value -> {
              if (!value.isIntegralNumber() || !value.canConvertToInt()) {
                throw because(ProblemCode.INVALID_FIELD, "%s must be an integer.".formatted(field));
              }
              return value.intValue();
            });
  }

  /** A null is as good as nothing for what is optional, and as bad for what is not. */
  private static Optional<JsonNode> present(JsonNode object, String field) {
    return Optional.ofNullable(object.get(field)).filter(value -> !value.isNull());
  }

  /** JSON can hold half a character, such as "\ud800"; bytes for a command cannot. */
  private static byte[] utf8(String input) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(input)) {
      throw because(
          ProblemCode.INVALID_FIELD, "input has an unpaired surrogate, which UTF-8 cannot hold.");
    }
    return input.getBytes(StandardCharsets.UTF_8);
  }

  private static String quoted(String name) {
    return name.length() > 50 ? '"' + name.substring(0, 50) + "…\"" : '"' + name + '"';
  }
}
