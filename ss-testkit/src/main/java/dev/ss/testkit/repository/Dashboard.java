package dev.ss.testkit.repository;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The Grafana dashboard in ops/grafana. */
public final class Dashboard {
  private static final Path FILE = Repository.root().resolve("ops/grafana/dashboards/ss.json");

  private final JsonNode json;

  private Dashboard(JsonNode json) {
    this.json = json;
  }

  /** Reads the dashboard. */
  public static Dashboard read() {
    try {
      return new Dashboard(new ObjectMapper().readTree(FILE.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns all panels and rows, and the panels of the rows. */
  public List<JsonNode> panels() {
    return stream(json.get("panels"))
        .flatMap(panel -> Stream.concat(Stream.of(panel), stream(panel.path("panels"))))
        .toList();
  }

  /** Returns what is visible together: the panels outside of rows, and those of each row. */
  public List<List<JsonNode>> sheets() {
    List<JsonNode> top = stream(json.get("panels")).toList();
    return Stream.concat(
            Stream.of(top), top.stream().map(row -> stream(row.path("panels")).toList()))
        .toList();
  }

  /** Returns the variables. */
  public List<JsonNode> variables() {
    return stream(json.at("/templating/list")).toList();
  }

  /** Returns the values of the variables before anybody chooses others. */
  public Map<String, String> values() {
    return variables().stream()
        .filter(variable -> variable.has("current"))
        .collect(
            Collectors.toMap(variable -> variable.get("name").textValue(), Dashboard::firstValue));
  }

  private static String firstValue(JsonNode variable) {
    JsonNode current = variable.at("/current/value");
    return variable.has("allValue")
        ? variable.get("allValue").textValue()
        : current.isArray() ? current.get(0).textValue() : current.textValue();
  }

  /** Returns the annotations. */
  public List<JsonNode> annotations() {
    return stream(json.at("/annotations/list")).toList();
  }

  /** Returns the queries of panels and annotations, and those that give variables their values. */
  public List<Query> queries() {
    Stream<Query> panels =
        panels().stream()
            .flatMap(
                panel ->
                    stream(panel.path("targets"))
                        .map(
                            target ->
                                new Query(
                                    panel.get("title").textValue(),
                                    target.get("expr").textValue(),
                                    target.path("instant").asBoolean())));
    Stream<Query> annotations =
        annotations().stream()
            .map(
                annotation ->
                    new Query(
                        annotation.get("name").textValue(),
                        annotation.get("expr").textValue(),
                        false));
    Stream<Query> variables =
        variables().stream()
            .filter(variable -> variable.get("type").textValue().equals("query"))
            .map(
                variable ->
                    new Query(
                        variable.get("name").textValue(),
                        variable
                            .at("/query/query")
                            .textValue()
                            .replaceAll("^label_values\\((.+), (\\w+)\\)$", "max by ($2) ($1)"),
                        true));
    return Stream.of(panels, annotations, variables).flatMap(queries -> queries).toList();
  }

  private static Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
