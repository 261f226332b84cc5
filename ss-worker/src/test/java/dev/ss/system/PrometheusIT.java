package dev.ss.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.ss.boot.PeriodicTask;
import dev.ss.testkit.prometheus.Prometheus;
import dev.ss.testkit.prometheus.Promtool;
import dev.ss.testkit.unit.Installed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The metrics in a real Prometheus, while SS works. */
class PrometheusIT {
  @TempDir private static Path directory;
  private static Ss ss;
  private static Prometheus prometheus;
  private static PeriodicTask traffic;

  @BeforeAll
  static void start() {
    Installed.assumePrometheus();
    ss = Ss.startedIn(directory);
    prometheus = ss.startPrometheus();
    traffic = new PeriodicTask("traffic", Duration.ofMillis(100), PrometheusIT::request);
    traffic.start();
  }

  private static void request() {
    String job = ss.client().submit("word-count", "one two three");
    ss.client().get("/v1/jobs");
    ss.client().get("/v1/jobs/" + job);
    ss.client().get("/nowhere");
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "histogram_quantile(0.50, sum(rate(ss_http_request_duration_seconds_bucket[5m])) by (le,"
            + " route))",
        "histogram_quantile(0.95, sum(rate(ss_http_request_duration_seconds_bucket[5m])) by (le,"
            + " route))",
        "histogram_quantile(0.99, sum(rate(ss_http_request_duration_seconds_bucket[5m])) by (le,"
            + " route))"
      })
  void latencyQuantilesAreFiniteByRoute(String query) {
    prometheus.await(
        query,
        result ->
            Prometheus.samples(result)
                .anyMatch(
                    sample ->
                        sample.get("metric").get("route").textValue().equals("/v1/jobs")
                            && Double.isFinite(Prometheus.value(sample))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sum(rate(ss_http_requests_total[5m])) by (route)",
        "sum(rate(ss_http_requests_total{status_code=~\"4..\"}[5m]))"
            + " / sum(rate(ss_http_requests_total[5m]))",
        "(sum(rate(ss_http_requests_total{status_code=~\"5..\"}[5m])) or vector(0))"
            + " / sum(rate(ss_http_requests_total[5m]))",
        "ss_http_requests_in_flight",
        "sum(rate(ss_jobs_total[5m])) by (event)",
        "sum(rate(ss_job_runs_total[5m])) by (job_type, outcome)",
        "histogram_quantile(0.95,"
            + " sum(rate(ss_job_queue_wait_seconds_bucket{job_type=\"word-count\"}[5m])) by (le))",
        "histogram_quantile(0.95, sum(rate(ss_job_run_duration_seconds_bucket"
            + "{job_type=\"word-count\",outcome=\"succeeded\"}[5m])) by (le))",
        "histogram_quantile(0.95, sum(rate(ss_job_end_to_end_seconds_bucket"
            + "{job_type=\"word-count\",outcome=\"succeeded\"}[5m])) by (le))",
        "sum(rate(ss_worker_busy_seconds_total[5m])) / sum(ss_worker_slots)",
        "ss_worker_inflight_jobs",
        "time() - ss_worker_last_poll_timestamp_seconds",
        "time() - ss_worker_last_heartbeat_timestamp_seconds",
        "ss_build_info",
        "jvm_memory_used_bytes",
        "rate(process_cpu_seconds_total[5m])"
      })
  void queriesReturnData(String query) {
    prometheus.await(
        query,
        result ->
            !result.isEmpty()
                && Prometheus.samples(result)
                    .allMatch(sample -> Double.isFinite(Prometheus.value(sample))));
  }

  @Test
  void jobsOfOneSecondReadAsOneSecondByClassicAndByNativeBuckets() throws Exception {
    try (Prometheus natives =
        Prometheus.scraping(
            Files.createDirectory(directory.resolve("natives")),
            Map.of("ss-worker", ss.metricsPort()),
            "--enable-feature=native-histograms")) {
      String runs = "{job_type=\"second\"}";
      ss.client().awaitFinal(submitOfASecond());
      prometheus.await("ss_job_run_duration_seconds_count" + runs, result -> !result.isEmpty());
      natives.await("ss_job_run_duration_seconds" + runs, result -> !result.isEmpty());
      Stream.generate(PrometheusIT::submitOfASecond)
          .limit(8)
          .toList()
          .forEach(ss.client()::awaitFinal);

      assertThat(
              number(
                  prometheus,
                  "histogram_quantile(0.5, sum by (le)"
                      + " (rate(ss_job_run_duration_seconds_bucket{job_type=\"second\"}[1m])))"))
          .isCloseTo(1.0, withPercentage(15));
      assertThat(
              number(
                  natives,
                  "histogram_quantile(0.5,"
                      + " sum(rate(ss_job_run_duration_seconds{job_type=\"second\"}[1m])))"))
          .isCloseTo(1.0, withPercentage(15)); // a busy machine starts commands late
    }
  }

  private static String submitOfASecond() {
    return ss.client().submit("second", "");
  }

  private static double number(Prometheus source, String query) {
    source.await(query, Prometheus::hasNumbers);
    return source.value(query).orElseThrow();
  }

  @Test
  void bothTargetsAreUp() {
    prometheus.await("up == 1", result -> result.size() == 2);
  }

  @Test
  void promtoolHasNothingToSay() {
    assertThat(Promtool.checkMetrics(ss.client().get("/metrics").body())).isEmpty();
    assertThat(Promtool.checkMetrics(ss.workerClient().get("/metrics").body())).isEmpty();
  }
}
