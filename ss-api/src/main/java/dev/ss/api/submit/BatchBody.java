package dev.ss.api.submit;

import static dev.ss.api.submit.Refusal.because;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads the body of a batch: {@code {"jobs": […]}}. */
final class BatchBody {
  static final int MOST_ITEMS = 1000;

  private static final String JOBS = "jobs";

  private BatchBody() {}

  /**
   * Reads the items.
   *
   * @param item converts one item, which may be any JSON value
   */
  static <T> List<T> parse(byte[] body, Function<JsonNode, T> item) {
    return StrictJson.read(body, parser -> object(parser, item));
  }

  private static <T> List<T> object(JsonParser parser, Function<JsonNode, T> item)
      throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw because(
          ProblemCode.INVALID_JSON, "A batch must be a JSON object such as {\"jobs\": [{…}, …]}.");
    }
    List<T> items = List.of();
    boolean present = false;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      if (!parser.currentName().equals(JOBS)) {
        throw StrictJson.unknownField(parser.currentName(), List.of(JOBS));
      }
      present = parser.nextToken() != JsonToken.VALUE_NULL;
      items = present ? array(parser, item) : items;
    }
    if (!present) {
      throw StrictJson.missing(JOBS);
    }
    return items;
  }

  private static <T> List<T> array(JsonParser parser, Function<JsonNode, T> item)
      throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw notSoMany();
    }
    List<T> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (items.size() == MOST_ITEMS) {
        throw notSoMany();
      }
      items.add(item.apply(StrictJson.value(parser)));
    }
    if (items.isEmpty()) {
      throw notSoMany();
    }
    return items;
  }

  private static ProblemException notSoMany() {
    return because(
        ProblemCode.INVALID_FIELD,
        "jobs must be an array of 1 to %d submissions.".formatted(MOST_ITEMS));
  }
}
