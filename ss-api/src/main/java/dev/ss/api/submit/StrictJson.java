package dev.ss.api.submit;

import static dev.ss.api.submit.Refusal.because;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads bodies: JSON in UTF-8, nothing twice, nothing after it. */
final class StrictJson {
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
              .build());

  private StrictJson() {}

  /** Reads from a parser; what it leaves unread is an error. */
  @FunctionalInterface
  interface Reading<T> {
    /** Reads from before the first token on. */
    T from(JsonParser parser) throws IOException;
  }

  /** The whole body as a tree; a missing node if there is nothing in it. */
  static JsonNode tree(byte[] body) {
    return explaining(
        () -> {
          String text =
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
          return toTheEnd(JSON.createParser(text), StrictJson::value);
        });
  }

  /** The body piece by piece: a large one need not be in memory three times. */
  static <T> T read(byte[] body, Reading<T> reading) {
    return explaining(
        () ->
            toTheEnd(
                JSON.createParser(
                    new InputStreamReader(
                        new ByteArrayInputStream(body), StandardCharsets.UTF_8.newDecoder())),
                reading));
  }

  /** The value that begins at the parser's current token, or with its next if it has none yet. */
  static JsonNode value(JsonParser parser) throws IOException {
    JsonNode value = JSON.readTree(parser);
    return value == null ? MissingNode.getInstance() : value;
  }

  static ProblemException missing(String field) {
    return because(ProblemCode.MISSING_FIELD, "The field %s is required.".formatted(field));
  }

  static ProblemException unknownField(String name, List<String> fields) {
    return because(
        ProblemCode.UNKNOWN_FIELD,
        "There is no field %s; there %s %s."
            .formatted(quoted(name), fields.size() == 1 ? "is" : "are", String.join(", ", fields)));
  }

  private static <T> T toTheEnd(JsonParser parser, Reading<T> reading) throws IOException {
    try (parser) {
      T result = reading.from(parser);
      if (parser.nextToken() != null) {
        throw invalid(parser.currentTokenLocation());
      }
      return result;
    }
  }

  @FunctionalInterface
  private interface Attempt<T> {
    T run() throws IOException;
  }

  private static <T> T explaining(Attempt<T> attempt) {
    try {
      return attempt.run();
    } catch (CharacterCodingException e) {
      throw because(ProblemCode.INVALID_JSON, "The body is not UTF-8.");
    } catch (JsonProcessingException e) {
      throw invalid(e.getLocation());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProblemException invalid(JsonLocation location) {
    return because(
        ProblemCode.INVALID_JSON,
        "The body is not valid JSON (line %d, column %d)."
            .formatted(
                location == null ? 1 : location.getLineNr(),
                location == null ? 1 : location.getColumnNr()));
  }

  private static String quoted(String name) {
    return name.length() > 50 ? '"' + name.substring(0, 50) + "…\"" : '"' + name + '"';
  }
}
