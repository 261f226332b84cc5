package dev.ss.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.testkit.exposition.Scrape;
import dev.ss.testkit.postgres.PostgresServer;
import dev.ss.testkit.process.ManagedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Two workers that offer different job types, and a type of which one job may run at a time. */
class JobTypesIT extends OwnSystem {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void onSqlite() throws IOException {
    workersTakeWhatTheyOfferAndRecoverTheRest();
  }

  @Test
  void onPostgresql() throws IOException {
    try (PostgresServer postgres = PostgresServer.temporary()) {
      ss.with("SS_DATABASE_URL", postgres.url(PostgresServer.USER))
          .with("SS_DATABASE_USER", PostgresServer.USER);
      workersTakeWhatTheyOfferAndRecoverTheRest();
      ss.close();
    }
  }

  private void workersTakeWhatTheyOfferAndRecoverTheRest() throws IOException {
    // A busy machine must not cost a job of one attempt its lease.
    ss.with("HEARTBEAT_INTERVAL", "2s").startApi();
    ss.with("SS_WORKER_ID", "one").with("SS_WORKER_JOB_TYPES", "bytes,alone,gate");
    ManagedProcess one = ss.startWorker();
    int metricsPort = ss.metricsPort();
    ss.with("SS_WORKER_ID", "two")
        .with("SS_WORKER_JOB_TYPES", "checksum,alone")
        .launchAnotherWorker();
    awaitWorkers("[\"alone\",\"bytes\",\"gate\"]", "[\"alone\",\"checksum\"]");
    String nobodys = client.submit("word-count", "waits");

    assertEachTakesItsOwn();
    assertNeverTwoAtOnce();
    Path gate = directory.resolve("gate");
    String lost = client.submit("gate", gate.toString());
    client.awaitState(lost, "running");
    one.kill();
    client.awaitState(lost, "queued");
    assertThat(client.job(lost).get("error_code").textValue()).isEqualTo("worker_lost");
    assertThat(client.state(nobodys)).isEqualTo("queued");

    Files.createFile(gate);
    ss.with("SS_WORKER_ID", "one")
        .with("SS_WORKER_JOB_TYPES", "")
        .with("SS_WORKER_METRICS_PORT", Integer.toString(metricsPort));
    ss.startWorker();
    client.awaitFinal(lost);
    assertThat(client.output(lost)).isEqualTo("passed in attempt 2\n");
    assertThat(client.awaitFinal(nobodys).get("attempt").intValue()).isEqualTo(1);
  }

  private void awaitWorkers(String... jobTypes) {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(client.get("/v1/workers").text()).contains(jobTypes));
  }

  private void assertEachTakesItsOwn() {
    List<String> jobs =
        IntStream.range(0, 10)
            .mapToObj(i -> client.submit(i % 2 == 0 ? "bytes" : "checksum", "input"))
            .toList();
    jobs.forEach(
        job -> assertThat(client.awaitFinal(job).get("state").textValue()).isEqualTo("succeeded"));
    Scrape metrics = ss.workerMetrics();
    assertThat(metrics.sum("ss_job_runs_total", "job_type=\"bytes\"")).isEqualTo(5);
    assertThat(metrics.sum("ss_job_runs_total", "job_type=\"checksum\"")).isZero();
  }

  /** The command fails where it meets itself. */
  private void assertNeverTwoAtOnce() {
    String place = directory.resolve("alone").toString();
    List<String> jobs =
        IntStream.range(0, 20).mapToObj(i -> client.submit("alone", place)).toList();
    jobs.forEach(
        job -> assertThat(client.awaitFinal(job).get("state").textValue()).isEqualTo("succeeded"));
  }
}
