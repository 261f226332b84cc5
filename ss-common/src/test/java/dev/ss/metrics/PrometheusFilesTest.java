package dev.ss.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.ss.testkit.process.Ports;
import dev.ss.testkit.prometheus.Prometheus;
import dev.ss.testkit.prometheus.Promtool;
import dev.ss.testkit.repository.Dashboard;
import dev.ss.testkit.repository.Documents;
import dev.ss.testkit.repository.Query;
import dev.ss.testkit.unit.Installed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Prometheus's own judgement of ops/prometheus: that it is valid, and does what its tests say. */
class PrometheusFilesTest {
  @TempDir Path directory;

  @BeforeEach
  void installed() {
    Installed.assumePrometheus();
  }

  @ParameterizedTest
  @ValueSource(strings = {"prometheus.yml", "prometheus-file-sd.yml"})
  void configurationsAreValidWithTheirRules(String file) {
    Promtool.check("check", "config", AlertRules.PROMETHEUS.resolve(file).toString());
  }

  static Stream<Path> ruleTests() {
    return AlertRules.files(AlertRules.PROMETHEUS.resolve("tests"));
  }

  @ParameterizedTest
  @MethodSource("ruleTests")
  void rulesDoWhatTheirTestsSay(Path tests) {
    Promtool.check("test", "rules", tests.toString());
  }

  /** Until the thresholds are recorded for the first time, alerts know neither them nor the URL. */
  @Test
  void noTemplateOfAnAlertFailsAtAColdStart() throws Exception {
    Path rules = Files.createDirectory(directory.resolve("rules"));
    Path alerts = Path.of("alerts.yml");
    Files.copy(AlertRules.PROMETHEUS.resolve("rules").resolve(alerts), rules.resolve(alerts));

    try (Prometheus prometheus =
        Prometheus.evaluating(directory, Map.of("ss-worker", new Ports().free()), rules)) {
      prometheus.await("ALERTS{alertname=\"SsApiDown\"}", Prometheus::hasNumbers);
      assertThat(prometheus.log()).doesNotContain("template");
    }
  }

  @Test
  void queriesOfDocumentsAreValid() throws Exception {
    assertValid(Documents.queries().stream().map(Query::expression));
  }

  @Test
  void queriesOfTheDashboardAreValid() throws Exception {
    Map<String, String> values = new HashMap<>(Dashboard.read().values());
    values.put("__rate_interval", "1m");
    assertValid(Dashboard.read().queries().stream().map(query -> query.with(values)));
  }

  /** As rules, which promtool can check. */
  private void assertValid(Stream<String> queries) throws Exception {
    List<Map<String, String>> rules =
        queries.distinct().map(query -> Map.of("record", "query", "expr", query)).toList();
    Path file = directory.resolve("queries.yml");
    new YAMLMapper()
        .writeValue(
            file.toFile(), Map.of("groups", List.of(Map.of("name", "queries", "rules", rules))));

    Promtool.check("check", "rules", "--lint=none", file.toString());
  }
}
