package dev.ss.api.submit;

import static dev.ss.api.submit.Refusal.because;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.api.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A submission as the client sent it. Required fields are present, each field has its type, and no
 * field is unknown.
 *
 * @param input in UTF-8
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
record SubmitBody(
    String jobType,
    byte[] input,
    Optional<Integer> priority,
    Optional<String> runAt,
    Optional<Integer> maxAttempts) {

  private static final List<String> FIELDS =
      List.of("job_type", "input", "priority", "run_at", "max_attempts");

  /** The idempotency key of an item of a batch; a single submission has it in a header. */
  private static final String KEY_FIELD = "idempotency_key";

  private static final List<String> ITEM_FIELDS =
      Stream.concat(FIELDS.stream(), Stream.of(KEY_FIELD)).toList();

  /** An item of a batch, with its own idempotency key. */
  record Item(SubmitBody body, Optional<String> idempotencyKey) {}

  static SubmitBody parse(byte[] body) {
    return of(StrictJson.tree(body), FIELDS);
  }

  static Item item(JsonNode object) {
    return new Item(of(object, ITEM_FIELDS), text(object, KEY_FIELD));
  }

  private static SubmitBody of(JsonNode object, List<String> fields) {
    if (!object.isObject()) {
      throw because(
          ProblemCode.INVALID_JSON,
          "A submission must be a JSON object such as {\"job_type\": \"word-count\", \"input\": \"…\"}.");
    }
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!fields.contains(name)) {
        throw StrictJson.unknownField(name, fields);
      }
    }
    return new SubmitBody(
        text(object, "job_type").orElseThrow(() -> StrictJson.missing("job_type")),
        utf8(text(object, "input").orElseThrow(() -> StrictJson.missing("input"))),
        integer(object, "priority"),
        text(object, "run_at"),
        integer(object, "max_attempts"));
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

  /** Treats a null like an absent field. */
  private static Optional<JsonNode> present(JsonNode object, String field) {
    return Optional.ofNullable(object.get(field)).filter(value -> !value.isNull());
  }

  /**
   * Encodes the input. A JSON string can hold an unpaired surrogate, such as "\ud800"; UTF-8
   * cannot.
   */
  private static byte[] utf8(String input) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(input)) {
      throw because(
          ProblemCode.INVALID_FIELD, "input has an unpaired surrogate, which UTF-8 cannot hold.");
    }
    return input.getBytes(StandardCharsets.UTF_8);
  }
}
