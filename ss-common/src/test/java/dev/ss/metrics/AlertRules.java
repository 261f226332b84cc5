package dev.ss.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.ss.testkit.repository.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What ops/prometheus and ops/runbooks hold. */
final class AlertRules {
  static final Path REPOSITORY = Repository.root();
  static final Path PROMETHEUS = REPOSITORY.resolve("ops/prometheus");
  static final Path RUNBOOKS = REPOSITORY.resolve("ops/runbooks");

  private static final YAMLMapper YAML = new YAMLMapper();

  /** Whatever in an expression is no name of a series. */
  private static final Pattern NO_NAME =
      Pattern.compile(
          "\"[^\"]*\"|\\{(\"[^\"]*\"|[^}\"])*}|\\[[^]]*]"
              + "|\\b(by|on|ignoring|without|group_left|group_right) *\\([^)]*\\)"
              + "|\\boffset +\\w+|\\b(and|or|unless|bool)\\b|\\b[0-9][0-9.a-z]*");

  private static final Pattern SERIES = Pattern.compile("[a-zA-Z_][\\w:]*(?! *\\(|[\\w:])");

  private AlertRules() {}

  /**
   * A rule of Prometheus.
   *
   * @param name of the alert, or of the recorded series
   */
  record Rule(String name, JsonNode yaml) {
    String expression() {
      return yaml.get("expr").textValue();
    }

    Map<String, String> labels() {
      return texts(yaml.path("labels"));
    }

    String annotation(String key) {
      return yaml.path("annotations").path(key).asText();
    }

    @Override
    public String toString() {
      return name + labels();
    }
  }

  /** An alert that a rule test looks for at some time, and how it is found, by its labels. */
  record Expectation(String alert, List<Map<String, String>> firing) {
    boolean fires(Rule rule) {
      return firing.stream()
          .anyMatch(labels -> labels.entrySet().containsAll(rule.labels().entrySet()));
    }
  }

  static List<Rule> alerts() {
    return rules("alert");
  }

  static List<Rule> recordings() {
    return rules("record");
  }

  static List<Expectation> expectations() {
    return tests("alert_rule_test")
        .map(
            test ->
                new Expectation(
                    test.get("alertname").textValue(),
                    stream(test.path("exp_alerts"))
                        .map(alert -> texts(alert.get("exp_labels")))
                        .toList()))
        .toList();
  }

  /** The series whose values the rule tests look at. */
  static Set<String> seriesInTests() {
    return tests("promql_expr_test")
        .flatMap(test -> seriesIn(test.get("expr").textValue()).stream())
        .collect(Collectors.toSet());
  }

  /** The names of the series that a PromQL expression reads. */
  static Set<String> seriesIn(String expression) {
    return SERIES
        .matcher(NO_NAME.matcher(expression).replaceAll(" "))
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toSet());
  }

  static List<Path> runbooks() {
    return files(RUNBOOKS).filter(file -> !file.endsWith("README.md")).toList();
  }

  static Stream<Path> files(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Rule> rules(String kind) {
    return files(PROMETHEUS.resolve("rules"))
        .flatMap(file -> stream(yaml(file).get("groups")))
        .flatMap(group -> stream(group.get("rules")))
        .filter(rule -> rule.has(kind))
        .map(rule -> new Rule(rule.get(kind).textValue(), rule))
        .toList();
  }

  private static Stream<JsonNode> tests(String kind) {
    return files(PROMETHEUS.resolve("tests"))
        .flatMap(file -> stream(yaml(file).get("tests")))
        .flatMap(test -> stream(test.path(kind)));
  }

  private static JsonNode yaml(Path file) {
    try {
      return YAML.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  private static Map<String, String> texts(JsonNode node) {
    return node.properties().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().asText()));
  }
}
