package dev.ss.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.metrics.CatalogueEntry.Across;
import dev.ss.testkit.repository.Dashboard;
import dev.ss.testkit.repository.Query;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The dashboard is complete, shows what there is, and puts instances together as the catalogue
 * says. That its queries are PromQL and return data is asked of a real Prometheus, by {@code
 * ExpressionsIT}.
 */
class DashboardTest {
  private static final int COLUMNS = 24;
  private static final Dashboard DASHBOARD = Dashboard.read();
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(\\w+)");

  /** Grafana's own. */
  private static final Set<String> BUILT_IN = Set.of("__rate_interval");

  static List<JsonNode> panels() {
    return DASHBOARD.panels().stream()
        .filter(panel -> !panel.get("type").textValue().equals("row"))
        .toList();
  }

  static List<Query> queries() {
    return DASHBOARD.queries();
  }

  @ParameterizedTest
  @MethodSource("panels")
  void aPanelSaysWhatItShows(JsonNode panel) {
    assertThat(panel.path("title").asText()).isNotEmpty();
    assertThat(panel.path("description").asText()).as(panel.path("title").asText()).endsWith(".");
    assertThat(panel.at("/fieldConfig/defaults/unit").asText())
        .as(panel.path("title").asText())
        .isNotEmpty();
    assertThat(panel.path("targets")).isNotEmpty();
  }

  @Test
  void everythingAsksTheChosenDataSource() {
    assertThat(panels()).allSatisfy(DashboardTest::assertAsksTheChosenDataSource);
    assertThat(DASHBOARD.annotations()).allSatisfy(DashboardTest::assertAsksTheChosenDataSource);
    assertThat(DASHBOARD.variables())
        .filteredOn(variable -> variable.get("type").textValue().equals("query"))
        .allSatisfy(DashboardTest::assertAsksTheChosenDataSource);
  }

  private static void assertAsksTheChosenDataSource(JsonNode node) {
    assertThat(node.at("/datasource/type").asText()).isEqualTo("prometheus");
    assertThat(node.at("/datasource/uid").asText()).isEqualTo("${datasource}");
    assertThat(node.findValues("datasource")).hasSize(1);
  }

  @Test
  void noTwoPanelsHaveOneIdOrOneTitle() {
    assertThat(DASHBOARD.panels())
        .extracting(panel -> panel.get("id").intValue())
        .doesNotHaveDuplicates();
    assertThat(DASHBOARD.panels())
        .extracting(panel -> panel.get("title").textValue())
        .doesNotHaveDuplicates();
  }

  @Test
  void panelsDoNotOverlap() {
    for (List<JsonNode> sheet : DASHBOARD.sheets()) {
      Set<List<Integer>> taken = new HashSet<>();
      for (JsonNode panel : sheet) {
        JsonNode at = panel.get("gridPos");
        assertThat(at.get("x").intValue() + at.get("w").intValue()).isLessThanOrEqualTo(COLUMNS);
        for (int x = at.get("x").intValue();
            x < at.get("x").intValue() + at.get("w").intValue();
            x++) {
          for (int y = at.get("y").intValue();
              y < at.get("y").intValue() + at.get("h").intValue();
              y++) {
            assertThat(taken.add(List.of(x, y))).as(panel.get("title").textValue()).isTrue();
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("queries")
  void queriesReadOnlySeriesAndVariablesThatAreThere(Query query) {
    Set<String> variables = new HashSet<>(BUILT_IN);
    DASHBOARD.variables().forEach(variable -> variables.add(variable.get("name").textValue()));

    assertThat(VARIABLE.matcher(query.expression()).results().map(match -> match.group(1)))
        .isSubsetOf(variables);
    assertThat(AlertRules.seriesIn(query.with(DASHBOARD.values())))
        .isNotEmpty()
        .isSubsetOf(AlertRulesTest.known());
  }

  /** Where Prometheus has native histograms it need not have classic ones. */
  @ParameterizedTest
  @MethodSource("queries")
  void whoeverLooksChoosesTheHistograms(Query query) {
    assertThat(query.expression()).doesNotContain("_seconds_bucket", "_seconds_sum{job=~\"$worker");
  }

  /** Another SS in the same Prometheus is somebody else's. */
  @ParameterizedTest
  @MethodSource("queries")
  void queriesOfPanelsLookOnlyAtTheChosenJobs(Query query) {
    Pattern selector = Pattern.compile("\\b(ss|jvm|process|jetty|scrape)_\\w+\\{(?!job=~\"\\$)");

    assertThat(selector.matcher(query.expression()).results().map(MatchResult::group)).isEmpty();
  }

  /** Every API tells of the one database. */
  @ParameterizedTest
  @MethodSource("queries")
  void whatAllReadFromTheOneDatabaseIsNotAddedUp(Query query) {
    Catalogue.all().stream()
        .filter(entry -> entry.across() == Across.MAX)
        .filter(entry -> query.expression().contains(entry.name()))
        .forEach(
            entry ->
                assertThat(query.expression())
                    .containsPattern("max( by \\([a-z_, ]+\\))? ?\\(" + entry.name()));
  }

  /** A rate over a fixed time has no data, or hides some, when one zooms or scrapes less often. */
  @ParameterizedTest
  @MethodSource("queries")
  void ratesAreOverWhatGrafanaFindsRight(Query query) {
    assertThat(Pattern.compile("\\[(?!\\$__rate_interval])").matcher(query.expression()).find())
        .isFalse();
  }
}
