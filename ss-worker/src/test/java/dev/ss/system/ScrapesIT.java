package dev.ss.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ss.testkit.client.Http;
import dev.ss.testkit.exposition.Scrape;
import dev.ss.testkit.postgres.PostgresServer;
import dev.ss.testkit.process.ManagedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What scrapes tell: traces, the queue, a database that is gone, and the end of a process. */
class ScrapesIT extends OwnSystem {
  private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SPAN_ID = "00f067aa0ba902b7";
  private static final String TRACE_PARENT = "00-" + TRACE_ID + "-" + SPAN_ID + "-01";

  @Test
  void aTraceTravelsWithItsJob() throws Exception {
    ss.startApi();
    ss.startWorker();
    String job = submitTraced("surroundings", TRACE_PARENT);
    client.awaitFinal(job);
    assertThat(client.output(job)).contains("TRACEPARENT=" + TRACE_PARENT);
    String exemplar = "# {span_id=\"" + SPAN_ID + "\",trace_id=\"" + TRACE_ID + "\"}";
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> openMetrics(ss.apiPort()).contains(exemplar));
    assertThat(openMetrics(ss.apiPort()).lines().filter(line -> line.contains(exemplar)))
        .hasSize(1)
        .allMatch(line -> line.startsWith("ss_http_request_duration_seconds_bucket"));
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                openMetrics(ss.metricsPort())
                        .lines()
                        .filter(line -> line.contains(exemplar))
                        .count()
                    == 2);
    assertThat(openMetrics(ss.metricsPort()).lines().filter(line -> line.contains(exemplar)))
        .anyMatch(line -> line.startsWith("ss_job_run_duration_seconds_bucket"))
        .anyMatch(line -> line.startsWith("ss_job_end_to_end_seconds_bucket"));
  }

  @Test
  void aLineAboutAnAttemptHasTheIdsOfItsJobAndItsTrace() throws Exception {
    Files.writeString(
        directory.resolve("config.yml"),
        "logging: {appenders: [{type: console, layout: {type: json, flattenMdc: true}}]}\n",
        StandardOpenOption.APPEND);
    ss.startApi();
    ManagedProcess worker = ss.startWorker();
    String job = submitTraced("fail", TRACE_PARENT);
    client.awaitFinal(job);

    worker.awaitLog("attempt 3 of 3 ended as FAILED with exit code 3 after ");
    List<JsonNode> lines = new ArrayList<>();
    for (String line : worker.log().lines().filter(each -> each.startsWith("{")).toList()) {
      lines.add(JSON.readTree(line));
    }
    assertThat(lines)
        .filteredOn(line -> line.path("job_id").asText().equals(job))
        .hasSize(3)
        .allMatch(line -> line.path("trace_id").asText().equals(TRACE_ID));
  }

  @Test
  void aMalformedTraceIsNone() throws Exception {
    ss.startApi();
    ss.startWorker();
    String job = submitTraced("surroundings", "00-" + "0".repeat(32) + "-00f067aa0ba902b7-01");
    client.awaitFinal(job);
    assertThat(client.output(job)).doesNotContain("TRACEPARENT");
    assertThat(openMetrics(ss.apiPort())).doesNotContain("trace_id");
    assertThat(openMetrics(ss.metricsPort())).doesNotContain("trace_id").endsWith("# EOF\n");
  }

  @Test
  void theQueueIsCountedByTypeAndState() throws Exception {
    ss.startApi();
    awaitQueue("state=\"live\"", 0, "ss_workers");
    ss.startWorker();
    Path gate = directory.resolve("gate");
    for (int i = 0; i < 6; i++) {
      client.submit("gate", gate.toString());
    }
    client.submit(Map.of("job_type", "word-count", "input", "", "run_at", "2027-01-01T00:00:00Z"));
    awaitQueue("state=\"running\"", 4, "ss_queue_jobs");
    awaitQueue("state=\"ready\"", 2, "ss_queue_jobs");
    awaitQueue("state=\"scheduled\"", 1, "ss_queue_jobs");
    awaitQueue("state=\"live\"", 1, "ss_workers");
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                ss.apiMetrics().sum("ss_queue_oldest_ready_age_seconds") > 0
                    && ss.apiMetrics().sum("ss_queue_oldest_running_age_seconds") > 0);
    Files.createFile(gate);
    awaitQueue("state=\"running\"", 0, "ss_queue_jobs");
  }

  @Test
  void withoutItsDatabaseTheApiStillTellsWhatItKnowsAndWhatItDoesNot() throws IOException {
    PostgresServer postgres = PostgresServer.temporary();
    ss.with("SS_DATABASE_URL", postgres.url(PostgresServer.USER))
        .with("SS_DATABASE_USER", PostgresServer.USER);
    ss.startApi();
    awaitQueue("state=\"live\"", 0, "ss_workers");
    postgres.close();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> ss.apiMetrics().sum("metrics_bridge_collector_success", "queue") == 0);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                ss.apiMetrics().samples().keySet().stream()
                    .noneMatch(series -> series.startsWith("ss_queue_jobs")));
    assertThat(
            ss.apiMetrics().sum("metrics_bridge_collector_last_success_timestamp_seconds", "queue"))
        .isPositive();
    assertThat(ss.apiMetrics().sum("jvm_threads_current")).isPositive();
    assertThat(client.get("/health/live").status()).isEqualTo(200);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> client.get("/health/ready").status() == 503);
    assertThat(client.post("/v1/jobs", Map.of("job_type", "bytes", "input", "")).status())
        .isEqualTo(503);
  }

  @Test
  void aStoppingWorkerWaitsToBeScrapedOnceMore() {
    ss.with("LAST_SCRAPE_WAIT", "60s").startApi();
    ManagedProcess worker = ss.startWorker();
    client.awaitFinal(client.submit("word-count", "one"));
    worker.askToStop();
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> client.get("/v1/workers").text().equals("{\"workers\":[]}"));
    assertThat(worker.isAlive()).isTrue();
    assertThat(ss.workerMetrics().sum("ss_jobs_total", "succeeded")).isEqualTo(1);
    assertThat(worker.awaitExit()).isEqualTo(143);
  }

  private void awaitQueue(String label, double value, String name) {
    Awaitility.await(name + " " + label)
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              Scrape scrape = ss.apiMetrics();
              return scrape.sum("metrics_bridge_collector_success", "queue") == 1
                  && scrape.sum(name, label) == value;
            });
  }

  private String submitTraced(String jobType, String traceParent) {
    return client
        .post("/v1/jobs", Map.of("job_type", jobType, "input", ""), "traceparent", traceParent)
        .json()
        .get("job_id")
        .textValue();
  }

  private static String openMetrics(int port) {
    return new Http(port)
        .get("/metrics", "Accept", "application/openmetrics-text;version=1.0.0")
        .text();
  }
}
