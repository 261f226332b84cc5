package dev.ss.testkit.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What the API may answer, by its OpenAPI document. Thread-safe. */
public final class Contract {
  private static final String BASE = "https://ss.invalid/openapi.json";
  private static final String COMPONENTS = "components";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FIRST_ERROR = 400;

  private final OpenApi api;
  private final SchemaRegistry registry;
  private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();

  Contract(OpenApi api) {
    this.api = api;
    try {
      // The place where the schemas are in the document, and nothing else that is no schema.
      JsonNode schemas = api.document().at("/components/schemas");
      JsonNode components = JSON.createObjectNode().set("schemas", schemas);
      String document =
          JSON.writeValueAsString(JSON.createObjectNode().set(COMPONENTS, components));
      Dialect dialect =
          Dialect.builder(Dialects.getOpenApi31())
              .keyword(new NonValidationKeyword(COMPONENTS))
              .build();
      this.registry =
          SchemaRegistry.withDialect(
              dialect,
              builder ->
                  builder
                      .schemas(Map.of(BASE, document))
                      .schemaRegistryConfig(
                          SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Holds the only contract that there is, so that a JVM compiles its schemas once. */
  private static final class OfSs {
    private static final Contract CONTRACT = new Contract(OpenApi.read());
  }

  /** Returns the contract of the API. */
  public static Contract ofSs() {
    return OfSs.CONTRACT;
  }

  /**
   * Checks an answer: its status, media type, headers and body.
   *
   * @throws AssertionError if the contract does not allow it
   */
  public void check(Exchange exchange) {
    List<String> wrong = new ArrayList<>();
    Optional<JsonNode> path = api.path(exchange.target());
    if (!isAnswerToOptions(exchange, path)) {
      JsonNode operation =
          path.map(known -> known.path(operation(exchange.method())))
              .orElse(MissingNode.getInstance());
      response(operation.path("responses"), exchange.status())
          .ifPresentOrElse(
              allowed -> compare(exchange, allowed, wrong), () -> wrong.add("this status"));
    }
    if (!wrong.isEmpty()) {
      throw new AssertionError(
          "openapi.yaml does not allow %s%n  in: %s".formatted(String.join("; ", wrong), exchange));
    }
  }

  /** Says what a server may tell about any path, which no OpenAPI document lists. */
  private static boolean isAnswerToOptions(Exchange exchange, Optional<JsonNode> path) {
    return exchange.method().equals("OPTIONS")
        && path.isPresent()
        && exchange.status() < FIRST_ERROR
        && exchange.headers().firstValue("Allow").isPresent();
  }

  private static String operation(String method) {
    return method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
  }

  /** What the operation may answer with this status, or what any request may. */
  private Optional<JsonNode> response(JsonNode responses, int status) {
    JsonNode own = responses.path(Integer.toString(status));
    if (!own.isMissingNode()) {
      return Optional.of(api.resolved(own));
    }
    return status < FIRST_ERROR
        ? Optional.empty()
        : Optional.of(api.document().at("/components/responses/Error"));
  }

  private void compare(Exchange exchange, JsonNode response, List<String> wrong) {
    response
        .path("headers")
        .properties()
        .forEach(header -> compareHeader(exchange, header.getKey(), header.getValue(), wrong));
    JsonNode content = response.path("content");
    boolean isEmpty = exchange.body().length == 0;
    if (exchange.method().equals("HEAD") || content.isMissingNode()) {
      if (!isEmpty) {
        wrong.add("a body");
      }
      return;
    }
    String mediaType =
        exchange.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "").strip();
    if (!content.has(mediaType)) {
      wrong.add("the media type \"%s\"".formatted(mediaType));
    } else if (mediaType.endsWith("json") && !isEncoded(exchange)) {
      compareBody(exchange, content.get(mediaType).get("schema"), response, wrong);
    }
  }

  private static boolean isEncoded(Exchange exchange) {
    return exchange.headers().firstValue("Content-Encoding").isPresent();
  }

  private void compareHeader(
      Exchange exchange, String name, JsonNode reference, List<String> wrong) {
    JsonNode header = api.resolved(reference);
    Optional<String> value = exchange.headers().firstValue(name);
    if (value.isEmpty() && header.path("required").asBoolean()) {
      wrong.add("that the header %s is missing".formatted(name));
    }
    value.ifPresent(
        text ->
            errors(header.get("schema"), typed(text, header.get("schema")))
                .forEach(error -> wrong.add("the header %s: %s".formatted(name, error))));
  }

  private static JsonNode typed(String text, JsonNode schema) {
    try {
      return switch (schema.path("type").asText()) {
        case "integer" -> LongNode.valueOf(Long.parseLong(text));
        case "boolean" ->
            text.equals("true") || text.equals("false")
                ? BooleanNode.valueOf(Boolean.parseBoolean(text))
                : TextNode.valueOf(text);
        default -> TextNode.valueOf(text);
      };
    } catch (NumberFormatException notANumber) {
      return TextNode.valueOf(text);
    }
  }

  private void compareBody(
      Exchange exchange, JsonNode schema, JsonNode response, List<String> wrong) {
    JsonNode body;
    try {
      body = JSON.readTree(exchange.body());
    } catch (IOException e) {
      wrong.add("a body that is not JSON");
      return;
    }
    errors(schema, body).forEach(error -> wrong.add(error.toString()));
    if (response.has("x-codes")) {
      String code = body.path("code").asText();
      if (OpenApi.stream(response.get("x-codes")).noneMatch(each -> each.asText().equals(code))) {
        wrong.add("the code " + code);
      }
      if (body.path("status").asInt() != exchange.status()) {
        wrong.add("a status of its own in the body");
      }
    }
  }

  private Stream<Error> errors(JsonNode schema, JsonNode value) {
    return schemas.computeIfAbsent(schema, this::compiled).validate(value).stream();
  }

  private Schema compiled(JsonNode schema) {
    return schema.has("$ref")
        ? registry.getSchema(SchemaLocation.of(BASE + schema.get("$ref").textValue()))
        : registry.getSchema(schema);
  }
}
