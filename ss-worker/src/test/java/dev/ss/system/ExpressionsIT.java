package dev.ss.system;

import dev.ss.boot.PeriodicTask;
import dev.ss.testkit.client.Client;
import dev.ss.testkit.prometheus.Prometheus;
import dev.ss.testkit.repository.Dashboard;
import dev.ss.testkit.repository.Dashboard.Query;
import dev.ss.testkit.unit.Installed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every shipped expression in a real Prometheus, while SS has all kinds of work. */
class ExpressionsIT {
  /** Of a graph over some hours; Grafana's rate interval is this and a scrape interval. */
  private static final Duration STEP = Duration.ofSeconds(15);

  private static final Map<String, String> VARIABLES =
      Map.of("__rate_interval", "16s", "api", "ss-api", "worker", "ss-worker", "quantile", "0.95");

  @TempDir private static Path directory;
  private static Ss ss;
  private static Prometheus prometheus;
  private static PeriodicTask traffic;

  @BeforeAll
  static void start() {
    Installed.assumePrometheus();
    ss = Ss.in(directory).withShippedMetrics();
    ss.startApi();
    ss.startWorker();
    prometheus = ss.startPrometheusWithRules();
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
    if (prometheus != null) {
      prometheus.close();
    }
    if (ss != null) {
      ss.close();
    }
  }

  static List<Query> queries() {
    return Dashboard.read().queries();
  }

  /** One that has nothing to count yet says 0; none is spared. */
  @ParameterizedTest
  @MethodSource("queries")
  void everyQueryOfTheDashboardReturnsData(Query query) {
    String expression = query.with(VARIABLES);
    if (query.instant()) {
      prometheus.await(expression, Prometheus::hasNumbers);
    } else {
      prometheus.awaitGraph(expression, STEP);
    }
  }

  /** Alerts as well: a clash of labels, as of two series to divide by, is seen only with data. */
  @Test
  void everyRuleRuns() {
    everyRecordingRuleHasAValue();
    prometheus.awaitRules(rule -> rule.get("health").textValue().equals("ok"));
  }

  @Test
  void everyRecordingRuleHasAValue() {
    prometheus.rules().stream()
        .filter(rule -> rule.get("type").textValue().equals("recording"))
        .map(rule -> rule.get("name").textValue())
        .forEach(series -> prometheus.await(series, Prometheus::hasNumbers));
  }

  /** Of the shipped rules; so the dashboard's count of alerts and marks are of real ones. */
  @Test
  void anAlertThatHasAReasonFires() {
    prometheus.await(
        "ALERTS{alertname=\"SsJobFailureRatioHigh\", alertstate=\"firing\", job_type=\"fail\"}",
        result -> result.size() == 1);
  }
}
