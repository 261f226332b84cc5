package dev.ss.api.submit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Reads the bodies of submissions: JSON in UTF-8, without duplicate fields, and nothing after it.
 * All methods throw a {@link ProblemException} that names what is wrong.
 */
final class SubmissionJson {
  static final int MAX_ITEMS = 1000;

  private static final int MAX_QUOTED = 50;
  private static final String JOBS = "jobs";
  private static final ObjectMapper JSON =
      JsonMapper.builder(strictFactory())
          .addModule(new Jdk8Module())
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Integer,
              integer -> integer.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
          .withCoercionConfig(
              LogicalType.Textual,
              text ->
                  text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .build();

  private SubmissionJson() {}

  /** Strings have no limit of their own: the size of the whole body has been checked before. */
  private static JsonFactory strictFactory() {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxStringLength(Integer.MAX_VALUE)
                .maxNestingDepth(20)
                .build())
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        .build();
  }

  /** Reads a single submission. */
  static SubmitBody submission(byte[] body) {
    return bind(read(body, JSON::<JsonNode>readTree), SubmitBody.class);
  }

  /**
   * Reads a batch, {@code {"jobs": […]}}, item by item, so that a large one is not also held as one
   * tree.
   *
   * @param convert converts one item, which may be any JSON value
   */
  static <T> List<T> batch(byte[] body, Function<JsonNode, T> convert) {
    return read(body, parser -> batch(parser, convert));
  }

  /** Reads an item of a batch. */
  static SubmitBody.Item item(JsonNode json) {
    return bind(json, SubmitBody.Item.class);
  }

  private static <T> List<T> batch(JsonParser parser, Function<JsonNode, T> convert)
      throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new ProblemException(
          ProblemCode.INVALID_JSON, "A batch must be a JSON object such as {\"jobs\": [{…}, …]}.");
    }
    List<T> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      if (!parser.currentName().equals(JOBS)) {
        throw unknownField(parser.currentName(), List.of(JOBS));
      }
      if (parser.nextToken() != JsonToken.VALUE_NULL) {
        readItems(parser, convert, items);
      }
    }
    if (items.isEmpty()) {
      throw missing(JOBS);
    }
    return items;
  }

  private static <T> void readItems(JsonParser parser, Function<JsonNode, T> convert, List<T> items)
      throws IOException {
    boolean isArray = parser.currentToken() == JsonToken.START_ARRAY;
    while (isArray && parser.nextToken() != JsonToken.END_ARRAY && items.size() <= MAX_ITEMS) {
      items.add(convert.apply(JSON.readTree(parser)));
    }
    if (items.isEmpty() || items.size() > MAX_ITEMS) {
      throw new ProblemException(
          ProblemCode.INVALID_FIELD,
          "jobs must be an array of 1 to %d submissions.".formatted(MAX_ITEMS));
    }
  }

  private static <T> T bind(JsonNode json, Class<T> type) {
    if (json == null || !json.isObject()) {
      throw new ProblemException(
          ProblemCode.INVALID_JSON,
          "A submission must be a JSON object such as {\"job_type\": \"word-count\", \"input\":"
              + " \"…\"}.");
    }
    try {
      return JSON.treeToValue(json, type);
    } catch (JsonMappingException e) {
      throw refused(json, type, e);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("this is valid JSON already", e);
    }
  }

  /** Names an unknown field first: it is often a misspelt one that is missing, too. */
  private static ProblemException refused(JsonNode json, Class<?> type, JsonMappingException e) {
    List<String> known = fieldsOf(type);
    for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        return unknownField(name, known);
      }
    }
    String field = e.getPath().get(0).getFieldName();
    return json.hasNonNull(field) ? wrongType(field, e) : missing(field);
  }

  /** The fields in the order of the record. */
  private static List<String> fieldsOf(Class<?> type) {
    return JSON
        .getDeserializationConfig()
        .introspect(JSON.constructType(type))
        .findProperties()
        .stream()
        .map(BeanPropertyDefinition::getName)
        .toList();
  }

  private static ProblemException missing(String field) {
    return new ProblemException(
        ProblemCode.MISSING_FIELD, "The field %s is required.".formatted(field));
  }

  private static ProblemException unknownField(String name, List<String> known) {
    return new ProblemException(
        ProblemCode.UNKNOWN_FIELD,
        "There is no field \"%s\"; there %s %s."
            .formatted(
                name.length() > MAX_QUOTED ? name.substring(0, MAX_QUOTED) + "…" : name,
                known.size() == 1 ? "is" : "are",
                String.join(", ", known)));
  }

  /** The type is missing in the exception if a number does not fit into an int. */
  private static ProblemException wrongType(String field, JsonMappingException e) {
    return new ProblemException(
        ProblemCode.INVALID_FIELD, "%s must be %s.".formatted(field, expected(e)));
  }

  private static String expected(JsonMappingException e) {
    if (!(e instanceof MismatchedInputException is)) {
      return "an integer";
    }
    Class<?> target = Objects.requireNonNullElse(is.getTargetType(), Integer.class);
    if (is.getPath().size() > 1 || Map.class.isAssignableFrom(target)) {
      return "an object of strings";
    }
    return target == String.class ? "a string" : "an integer";
  }

  /** Reads a body from a parser that is before the first token. */
  @FunctionalInterface
  private interface Reading<T> {
    T from(JsonParser parser) throws IOException;
  }

  private static <T> T read(byte[] body, Reading<T> reading) {
    try (JsonParser parser =
        JSON.createParser(
            new InputStreamReader(
                new ByteArrayInputStream(body), StandardCharsets.UTF_8.newDecoder()))) {
      T result = reading.from(parser);
      if (parser.nextToken() != null) {
        throw notJson(parser.currentTokenLocation());
      }
      return result;
    } catch (CharacterCodingException e) {
      throw new ProblemException(ProblemCode.INVALID_JSON, "The body is not UTF-8.");
    } catch (JsonProcessingException e) {
      throw notJson(e.getLocation());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProblemException notJson(JsonLocation location) {
    return new ProblemException(
        ProblemCode.INVALID_JSON,
        "The body is not valid JSON (line %d, column %d)."
            .formatted(
                location == null ? 1 : location.getLineNr(),
                location == null ? 1 : location.getColumnNr()));
  }
}
