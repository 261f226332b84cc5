package dev.ss.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.metrics.AlertRules.Expectation;
import dev.ss.metrics.AlertRules.Rule;
import dev.ss.testkit.repository.Documents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Alerts, recording rules, their tests, runbooks and the catalogue belong together. */
class AlertRulesTest {
  /** What others export: Prometheus about a target and its alerts, the JVM's collector, Jetty. */
  private static final Set<String> FOREIGN =
      Set.of(
          "ALERTS",
          "up",
          "scrape_duration_seconds",
          "scrape_samples_scraped",
          "jvm_memory_used_bytes",
          "jvm_memory_max_bytes",
          "jvm_gc_collection_seconds_sum",
          "jvm_threads_current",
          "process_cpu_seconds_total",
          "process_max_fds",
          "process_open_fds",
          "process_resident_memory_bytes",
          "process_start_time_seconds",
          "jetty_threads");

  /** In a runbook's text; what ends in an asterisk is no name. */
  private static final Pattern OURS =
      Pattern.compile("(?<![\\w:])ss[_:][a-z0-9_:]*[a-z0-9](?![a-z0-9_:*])");

  /** At a cold start, before the URL is recorded, it is no more than the file's name. */
  private static final String RUNBOOK =
      "{{ range query \"ss:runbooks\" }}{{ .Labels.base_url }}/{{ end }}%s.md";

  private static final Path INDEX = AlertRules.RUNBOOKS.resolve("README.md");

  static List<Rule> alerts() {
    return AlertRules.alerts();
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void anAlertSaysAllThatWhoeverIsOnCallNeeds(Rule alert) {
    assertThat(alert.name()).matches("Ss[A-Z][A-Za-z]+");
    assertThat(alert.yaml().path("for").asText()).isNotEmpty();
    assertThat(alert.labels()).containsKey("severity");
    assertThat(alert.labels().get("severity")).isIn("page", "ticket");
    assertThat(alert.annotation("summary")).isNotEmpty().doesNotContain("{{");
    assertThat(alert.annotation("description")).isNotEmpty();
    assertThat(alert.annotation("runbook_url")).isEqualTo(RUNBOOK.formatted(alert.name()));
  }

  /** Each value would be another alert. */
  @ParameterizedTest
  @MethodSource("alerts")
  void noLabelOfAnAlertDependsOnItsValue(Rule alert) {
    assertThat(alert.labels().values()).noneMatch(value -> value.contains("{{"));
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void anAlertIsTestedWhereItFiresAndWhereItNearlyDoes(Rule alert) {
    List<Expectation> expectations =
        AlertRules.expectations().stream()
            .filter(expectation -> expectation.alert().equals(alert.name()))
            .toList();

    assertThat(expectations).as("fires").anyMatch(expectation -> expectation.fires(alert));
    assertThat(expectations).as("does not").anyMatch(expectation -> !expectation.fires(alert));
  }

  @Test
  void ruleTestsAreAboutAlertsThatAreThere() {
    assertThat(AlertRules.expectations())
        .extracting(Expectation::alert)
        .isSubsetOf(alerts().stream().map(Rule::name).toList());
  }

  /** Rule tests have no notation for native histograms; ExpressionsIT looks at rules on those. */
  @Test
  void theValueOfEachRecordingRuleIsTested() {
    assertThat(AlertRules.seriesInTests())
        .containsAll(recorded().stream().filter(name -> !name.endsWith("_native")).toList());
  }

  @Test
  void everyAlertHasARunbookAndEveryRunbookAnAlert() {
    assertThat(AlertRules.runbooks())
        .extracting(file -> file.getFileName().toString())
        .containsExactlyInAnyOrderElementsOf(
            alerts().stream().map(alert -> alert.name() + ".md").collect(Collectors.toSet()));
  }

  @Test
  void rulesReadOnlySeriesThatAreThere() {
    for (Rule rule : Stream.concat(alerts().stream(), AlertRules.recordings().stream()).toList()) {
      assertThat(AlertRules.seriesIn(rule.expression())).as(rule.name()).isSubsetOf(known());
    }
  }

  @Test
  void everyThresholdIsOfUse() {
    Set<String> used =
        alerts().stream()
            .flatMap(alert -> AlertRules.seriesIn(alert.expression()).stream())
            .collect(Collectors.toSet());

    assertThat(recorded().stream().filter(name -> name.startsWith("ss:threshold:")))
        .isSubsetOf(used);
  }

  @Test
  void runbooksNameOnlySeriesThatAreThere() {
    Set<String> known = known();
    for (Path runbook : AlertRules.runbooks()) {
      List<String> queries = Documents.queries(runbook);
      assertThat(queries).as(runbook.toString()).isNotEmpty();
      assertThat(queries)
          .allSatisfy(query -> assertThat(AlertRules.seriesIn(query)).isSubsetOf(known));
      assertThat(OURS.matcher(AlertRules.read(runbook)).results().map(MatchResult::group))
          .as(runbook.toString())
          .isSubsetOf(known);
    }
  }

  @Test
  void theIndexOfTheRunbooksIsWhatTheAlertsSay() throws IOException {
    if (Boolean.getBoolean("ss.docs.write")) {
      Files.writeString(INDEX, index());
    }
    assertThat(INDEX).hasContent(index());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "sum by (job) (rate(a_total{b=\"{c}\", d=\"e\"}[5m])) > 2 * scalar(s:t:u); a_total s:t:u",
        "up == 0 and on (x) y unless z offset 5m; up y z",
        "histogram_quantile(0.5, sum(a_bucket) by (le)) >= 0; a_bucket"
      })
  void seriesAreFoundInExpressions(String expression, String series) {
    assertThat(AlertRules.seriesIn(expression)).containsExactlyInAnyOrder(series.split(" ", -1));
  }

  private static String index() {
    return """
        # Runbooks

        One for each alert of [ops/prometheus/rules/alerts.yml](../prometheus/rules/alerts.yml). What clients
        notice pages; causes are tickets. Commands are for systemd as in [docs/deploy.md](../../docs/deploy.md);
        elsewhere use `kubectl logs` or `docker logs` instead of `journalctl`. This page is written from the alerts
        ([CONTRIBUTING.md](../../CONTRIBUTING.md#what-tests-write) says how).

        | alert | severity | |
        |---|---|---|
        """
        + alerts().stream()
            .map(Rule::name)
            .distinct()
            .map(AlertRulesTest::row)
            .collect(Collectors.joining());
  }

  private static String row(String name) {
    List<Rule> rules = alerts().stream().filter(alert -> alert.name().equals(name)).toList();
    String severities =
        rules.stream()
            .map(rule -> rule.labels().get("severity"))
            .distinct()
            .collect(Collectors.joining(", "));
    return "| [%s](%s.md) | %s | %s |\n"
        .formatted(name, name, severities, rules.get(0).annotation("summary"));
  }

  private static Set<String> recorded() {
    return AlertRules.recordings().stream().map(Rule::name).collect(Collectors.toSet());
  }

  /** The names of all series that rules, runbooks and dashboards may read. */
  static Set<String> known() {
    Stream<String> exported =
        Catalogue.all().stream()
            .flatMap(
                entry -> Stream.of("", "_bucket", "_count", "_sum").map(end -> entry.name() + end));
    return Stream.of(exported, recorded().stream(), FOREIGN.stream())
        .flatMap(names -> names)
        .filter(Predicate.not(String::isEmpty))
        .collect(Collectors.toSet());
  }
}
