package dev.ss.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.boot.PeriodicTask;
import dev.ss.testkit.client.Client;
import dev.ss.testkit.prometheus.Prometheus;
import dev.ss.testkit.repository.Dashboard;
import dev.ss.testkit.repository.Documents;
import dev.ss.testkit.repository.Query;
import dev.ss.testkit.unit.Installed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every shipped expression in a real Prometheus, while SS has all kinds of work: in one that
 * scrapes classic histograms, and in one that has native ones in their place.
 */
class ExpressionsIT {
  /** Of a graph over some hours; Grafana's rate interval is this and a scrape interval. */
  private static final Duration STEP = Duration.ofSeconds(15);

  /** A comparison has no result while all is well, so its left side must have one. */
  private static final Pattern COMPARISON = Pattern.compile(" [=!<>]=? [0-9.]+$");

  /** Series that are born when something is lost, and answers that nothing here causes. */
  private static final List<String> ABSENT_WHILE_ALL_IS_WELL =
      List.of(
          "metrics_bridge_dropped_total",
          "metrics_bridge_overflow_total",
          "ss_schedule_last_missed_timestamp_seconds",
          "> max(ss_job_type_success_interval_limit_seconds)",
          "rate(ss_http_requests_total{status_code=~\"5..\"}[5m]))");

  @TempDir private static Path directory;
  private static Ss ss;
  private static final Map<Histograms, Prometheus> PROMETHEUS = new HashMap<>();
  private static PeriodicTask traffic;

  /** What Prometheus scrapes; up to 2.44 its flag says it all. */
  private enum Histograms {
    CLASSIC("exemplar-storage", "seconds_bucket", "_native$"),
    NATIVE("native-histograms", "seconds", "_bucket:|:p\\d\\d_[58][md]$|succeeded_runs");

    private final String feature;
    private final String chosen;
    private final Pattern silent;

    /**
     * Histograms of a kind.
     *
     * @param chosen the dashboard's value for them
     * @param silent the names of what rules on the other kind alone record
     */
    Histograms(String feature, String chosen, String silent) {
      this.feature = feature;
      this.chosen = chosen;
      this.silent = Pattern.compile(silent);
    }

    private boolean leaveOut(String series) {
      return silent.matcher(series).find();
    }
  }

  private record Question(Histograms histograms, Query query) {}

  @BeforeAll
  static void start() {
    Installed.assumePrometheus();
    ss = Ss.in(directory).withShippedMetrics().with("SCHEDULE_CRON", "* * * * *");
    ss.startApi();
    ss.startWorker();
    for (Histograms each : Histograms.values()) {
      PROMETHEUS.put(
          each, ss.startPrometheusWithRules(each.name(), "--enable-feature=" + each.feature));
    }
    traffic = new PeriodicTask("traffic", Duration.ofMillis(300), ExpressionsIT::work);
    traffic.start();
  }

  /** Successes, failures that are tried again, a timeout, a cancellation, refusals and errors. */
  private static void work() {
    Client client = ss.client();
    client.get("/v1/jobs/" + client.submit("word-count", "one two") + "/wait?timeout=1s");
    client.submit("checksum", "three");
    client.submit(Map.of("job_type", "fail", "input", "", "max_attempts", 2));
    client.submit("stubborn", "");
    client.cancel(client.submit("gate", directory.resolve("never").toString()));
    client.post("/v1/jobs", Map.of("job_type", "unheard-of", "input", ""));
    client.get("/nowhere");
  }

  @AfterAll
  static void stop() {
    if (traffic != null) {
      traffic.stop();
    }
    PROMETHEUS.values().forEach(Prometheus::close);
    if (ss != null) {
      ss.close();
    }
  }

  static Stream<Question> questionsOfTheDashboard() {
    return Stream.of(Histograms.values())
        .flatMap(
            each -> Dashboard.read().queries().stream().map(query -> new Question(each, query)));
  }

  /** One that has nothing to count yet says 0; none is spared. */
  @ParameterizedTest
  @MethodSource("questionsOfTheDashboard")
  void everyQueryOfTheDashboardReturnsData(Question question) {
    Map<String, String> values = new HashMap<>(Dashboard.read().values());
    values.put("__rate_interval", "16s");
    values.put("histograms", question.histograms().chosen);
    String expression = question.query().with(values);
    if (question.query().instant()) {
      prometheus(question.histograms()).await(expression, Prometheus::hasNumbers);
    } else {
      prometheus(question.histograms()).awaitGraph(expression, STEP);
    }
  }

  static List<Query> queriesOfDocuments() {
    return Documents.queries();
  }

  /** And no NaN for what is idle. */
  @ParameterizedTest
  @MethodSource("queriesOfDocuments")
  void everyQueryOfTheDocumentsReturnsData(Query query) {
    Prometheus prometheus = prometheus(Histograms.CLASSIC);
    String expression = query.expression().replace("\"TYPE\"", "\"word-count\"");
    assertThat(Prometheus.hasNoNaN(prometheus.query(expression))).isTrue();
    if (ABSENT_WHILE_ALL_IS_WELL.stream().noneMatch(expression::contains)) {
      prometheus.await(
          COMPARISON.matcher(expression).replaceFirst(""), result -> !result.isEmpty());
    }
  }

  /** Alerts as well: a clash of labels, as of two series to divide by, is seen only with data. */
  @ParameterizedTest
  @EnumSource
  void everyRuleRuns(Histograms histograms) {
    everyRecordingRuleHasAValue(histograms);
    prometheus(histograms).awaitRules(rule -> rule.get("health").textValue().equals("ok"));
  }

  /** Those on histograms that are not scraped have none, and are no error. */
  @ParameterizedTest
  @EnumSource
  void everyRecordingRuleHasAValue(Histograms histograms) {
    Prometheus prometheus = prometheus(histograms);
    Map<Boolean, List<String>> series =
        recorded(histograms).collect(Collectors.partitioningBy(histograms::leaveOut));
    series.get(false).forEach(each -> prometheus.await(each, Prometheus::hasNumbers));
    assertThat(series.get(true))
        .isNotEmpty()
        .allSatisfy(each -> assertThat(prometheus.query(each)).isEmpty());
  }

  private static Stream<String> recorded(Histograms histograms) {
    return prometheus(histograms).rules().stream()
        .filter(rule -> rule.get("type").textValue().equals("recording"))
        .map(rule -> rule.get("name").textValue());
  }

  /** Jetty has such of its own; they cannot be put together over several instances. */
  @Test
  void noPercentagesAreExported() {
    Prometheus prometheus = prometheus(Histograms.CLASSIC);
    prometheus.await("jetty_active_requests", Prometheus::hasNumbers);
    assertThat(prometheus.names()).noneMatch(name -> name.contains("percent"));
  }

  /** Of the shipped rules; so the dashboard's count of alerts and marks are of real ones. */
  @Test
  void anAlertThatHasAReasonFires() {
    prometheus(Histograms.CLASSIC)
        .await(
            "ALERTS{alertname=\"SsJobFailureRatioHigh\", alertstate=\"firing\", job_type=\"fail\"}",
            result -> result.size() == 1);
  }

  private static Prometheus prometheus(Histograms histograms) {
    return PROMETHEUS.get(histograms);
  }
}
