package dev.ss.testkit.repository;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

  /**
   * A query and its owner.
   *
   * @param of the panel, annotation or variable
   * @param expression with Grafana's variables in it
   * @param instant whether Grafana asks for one time only, and not for a range
   */
  public record Query(String of, String expression, boolean instant) {
    /** Returns the expression as Prometheus gets it, with values for the variables. */
    public String with(Map<String, String> variables) {
      String replaced = expression;
      for (Map.Entry<String, String> variable : variables.entrySet()) {
        replaced = replaced.replace("$" + variable.getKey(), variable.getValue());
      }
      return replaced;
    }

    @Override
    public String toString() {
      return of + ": " + expression;
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
                            .replaceAll("^label_values\\((\\w+), (\\w+)\\)$", "count by ($2) ($1)"),
                        true));
    return Stream.of(panels, annotations, variables).flatMap(queries -> queries).toList();
  }

  private static Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
