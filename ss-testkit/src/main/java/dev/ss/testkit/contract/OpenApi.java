package dev.ss.testkit.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.ss.testkit.repository.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The API's OpenAPI document: its paths, their methods, and what these may answer. */
public final class OpenApi {
  private static final Path FILE =
      Repository.root().resolve("ss-api/src/main/resources/dev/ss/api/openapi.yaml");
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
  private static final Pattern PARAMETER = Pattern.compile("\\{[^}]+}");

  private final JsonNode document;
  private final List<PathItem> paths;

  OpenApi(JsonNode document) {
    this.document = document;
    this.paths =
        fields(document.get("paths"))
            .map(each -> new PathItem(each.getKey(), pattern(each.getKey()), each.getValue()))
            .sorted(Comparator.comparing(item -> PARAMETER.matcher(item.template()).find()))
            .toList();
  }

  /** Reads the document. */
  public static OpenApi read() {
    try {
      return new OpenApi(new YAMLMapper().readTree(FILE.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A path of the document. */
  private record PathItem(String template, Pattern pattern, JsonNode json) {}

  private static Pattern pattern(String template) {
    return Pattern.compile(
        PARAMETER
            .splitAsStream(template + "\0")
            .map(literal -> literal.replace("\0", ""))
            .map(Pattern::quote)
            .collect(Collectors.joining("[^/]+", "", "/?")));
  }

  JsonNode document() {
    return document;
  }

  /** Returns what the document says about the path of a request; empty if it has no such path. */
  Optional<JsonNode> path(String target) {
    URI uri = uri(target);
    // Jersey alone takes dots for names; Jetty resolves them first.
    return item(uri.getPath()).or(() -> item(uri.normalize().getPath())).map(PathItem::json);
  }

  private Optional<PathItem> item(String path) {
    return paths.stream().filter(item -> item.pattern().matcher(path).matches()).findFirst();
  }

  /**
   * The path that a server looks for, without parameters; one that matches nothing if malformed.
   */
  private static URI uri(String target) {
    try {
      return URI.create(target.replaceFirst("[?#].*", "").replaceAll(";[^/]*", ""));
    } catch (IllegalArgumentException malformed) {
      return URI.create("");
    }
  }

  /** Returns the node, or what it refers to. */
  JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").textValue().substring(1)) : node;
  }

  /** Returns the names of the query parameters of each operation, such as {@code GET /v1/jobs}. */
  public Map<String, Set<String>> queryParameters() {
    Map<String, Set<String>> operations = new TreeMap<>();
    for (PathItem item : paths) {
      fields(item.json())
          .filter(each -> METHODS.contains(each.getKey()))
          .forEach(
              each ->
                  operations.put(
                      each.getKey().toUpperCase(Locale.ROOT) + " " + item.template(),
                      queryParameters(each.getValue())));
    }
    return operations;
  }

  private Set<String> queryParameters(JsonNode operation) {
    return stream(operation.path("parameters"))
        .map(this::resolved)
        .filter(parameter -> parameter.path("in").asText().equals("query"))
        .map(parameter -> parameter.get("name").textValue())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns the values that a schema of the components allows; null is none. */
  public List<String> values(String schema) {
    return stream(document.at("/components/schemas/" + schema + "/enum"))
        .filter(value -> !value.isNull())
        .map(JsonNode::textValue)
        .toList();
  }

  /** Returns the names of the fields of a schema of the components. */
  public List<String> fields(String schema) {
    return fields(document.at("/components/schemas/" + schema + "/properties"))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Returns the codes that problems may have, by the status under which the document has them. */
  public Map<Integer, Set<String>> codesByStatus() {
    Map<Integer, Set<String>> codes = new TreeMap<>();
    responses()
        .filter(each -> !each.getKey().equals("default"))
        .forEach(
            each ->
                codes
                    .computeIfAbsent(Integer.valueOf(each.getKey()), status -> new TreeSet<>())
                    .addAll(codes(each.getValue())));
    return codes;
  }

  /** Returns the codes that problems may have. */
  public Set<String> codes() {
    return responses()
        .flatMap(each -> codes(each.getValue()).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Stream<Map.Entry<String, JsonNode>> responses() {
    return paths.stream()
        .flatMap(item -> fields(item.json()))
        .filter(each -> METHODS.contains(each.getKey()))
        .flatMap(operation -> fields(operation.getValue().get("responses")));
  }

  private List<String> codes(JsonNode response) {
    return stream(resolved(response).path("x-codes")).map(JsonNode::textValue).toList();
  }

  /** Returns where a key has no value, as half of an unquoted text with a comma in it has none. */
  public List<String> keysWithoutValue() {
    List<String> found = new ArrayList<>();
    collectKeysWithoutValue("", document, found);
    return found;
  }

  private static void collectKeysWithoutValue(String place, JsonNode node, List<String> found) {
    fields(node)
        .forEach(
            each -> {
              String name = place + "/" + each.getKey();
              if (each.getValue().isNull()) {
                found.add(name);
              }
              collectKeysWithoutValue(name, each.getValue(), found);
            });
    if (node.isArray()) {
      node.forEach(each -> collectKeysWithoutValue(place + "/-", each, found));
    }
  }

  private static Stream<Map.Entry<String, JsonNode>> fields(JsonNode node) {
    return node.properties().stream();
  }

  static Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
