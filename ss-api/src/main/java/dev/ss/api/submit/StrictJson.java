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

/**
 * Reads the bodies of submissions: JSON in UTF-8, without duplicate fields, and nothing after it.
 */
final class StrictJson {
  /** Strings have no limit of their own: the size of the whole body has been checked before. */
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

  /** Reads a body from a parser. If it leaves anything unread, the body is refused. */
  @FunctionalInterface
  interface Reading<T> {
    /** Reads the body; the parser is before the first token. */
    T from(JsonParser parser) throws IOException;
  }

  /** Reads the whole body into a tree. An empty body gives a missing node. */
  static JsonNode tree(byte[] body) {
    return explaining(
        () -> {
          String text =
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
          return toTheEnd(JSON.createParser(text), StrictJson::value);
        });
  }

  /**
   * Reads the body as a stream, so that a large one is not also held as one string and one tree.
   */
  static <T> T read(byte[] body, Reading<T> reading) {
    return explaining(
        () ->
            toTheEnd(
                JSON.createParser(
                    new InputStreamReader(
                        new ByteArrayInputStream(body), StandardCharsets.UTF_8.newDecoder())),
                reading));
  }

  /** Reads the value at the parser's current token, or at the next token if there is none yet. */
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
