package dev.ss.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.testkit.exposition.Scrape;
import dev.ss.testkit.process.LivingProcesses;
import dev.ss.testkit.process.ManagedProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Processes that stop, die and come back. */
class FaultsIT extends OwnSystem {
  @Test
  void jobsOutliveTheApiThatTookThem() {
    ManagedProcess api = ss.startApi();
    String[] jobs =
        IntStream.range(0, 20)
            .mapToObj(i -> client.submit("word-count", "word ".repeat(i)))
            .toArray(String[]::new);
    assertThat(api.terminate()).isEqualTo(143);
    ss.startApi();
    for (String job : jobs) {
      assertThat(client.state(job)).isEqualTo("queued");
    }
    ss.startWorker();
    for (int i = 0; i < jobs.length; i++) {
      client.awaitFinal(jobs[i]);
      assertThat(client.output(jobs[i]).strip()).isEqualTo(Integer.toString(i));
    }
  }

  @Test
  void theJobOfAKilledWorkerSucceedsOnTheNextAndNoOutputIsMixed() throws Exception {
    ss.startApi();
    ManagedProcess worker = ss.startWorker();
    Path gate = directory.resolve("gate");
    String job = client.submit("gate", gate.toString());
    client.awaitState(job, "running");
    worker.kill();
    ss.startWorker();
    Files.createFile(gate);
    JsonNode ended = client.awaitFinal(job);
    assertThat(ended.get("state").textValue()).isEqualTo("succeeded");
    assertThat(ended.get("attempt").intValue()).isEqualTo(2);
    assertThat(client.output(job)).isEqualTo("passed in attempt 2\n");
    Scrape metrics = ss.workerMetrics();
    assertThat(metrics.sum("ss_jobs_total", "event=\"recovered\"")).isEqualTo(1);
    assertThat(metrics.sum("ss_job_runs_total", "outcome=\"lost\"")).isEqualTo(1);
    assertThat(metrics.sum("ss_job_runs_total", "outcome=\"succeeded\"")).isEqualTo(1);
  }

  @Test
  void aJobThatKeepsLosingItsWorkersFailsAfterItsAttempts() {
    ss.startApi();
    String job = client.submit("gate", directory.resolve("never").toString());
    for (int attempt = 1; attempt <= 2; attempt++) {
      ManagedProcess worker = ss.startWorker();
      int expected = attempt;
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  client.state(job).equals("running")
                      && client.job(job).get("attempt").intValue() == expected);
      worker.kill();
    }
    ss.startWorker();
    JsonNode ended = client.awaitFinal(job);
    assertThat(ended.get("state").textValue()).isEqualTo("failed");
    assertThat(ended.get("error_code").textValue()).isEqualTo("worker_lost");
  }

  @Test
  void aWorkerThatFreezesPastItsLeaseKillsItsCommandWhenItThaws() throws Exception {
    ss.startApi();
    ManagedProcess frozen = ss.with("SS_WORKER_ID", "frozen").startWorker();
    Path pids = directory.resolve("pids");
    String job =
        client.submit(Map.of("job_type", "family", "input", pids.toString(), "max_attempts", 2));
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(pids));
    ss.freeze(frozen);
    Path firstPids = Files.move(pids, directory.resolve("first.pids"));
    ss.with("SS_WORKER_ID", "other").launchAnotherWorker();
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(pids));
    frozen.signal("CONT");
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                Files.readAllLines(firstPids).stream()
                    .map(Long::valueOf)
                    .noneMatch(LivingProcesses::isRunning));
    assertThat(Files.readAllLines(pids).stream().map(Long::valueOf))
        .as("the second attempt goes on")
        .allMatch(LivingProcesses::isRunning);
    JsonNode running = client.job(job);
    assertThat(running.get("state").textValue()).isEqualTo("running");
    assertThat(running.get("attempt").intValue()).isEqualTo(2);
    assertThat(client.get("/v1/jobs/" + job + "/output").status()).isEqualTo(409);
    client.cancel(job);
    client.awaitFinal(job);
  }

  @Test
  void sigtermLetsARunningJobFinishWhileMetricsStillAnswer() throws Exception {
    ss.startApi();
    ManagedProcess worker = ss.startWorker();
    Path gate = directory.resolve("gate");
    String job = client.submit("gate", gate.toString());
    client.awaitState(job, "running");
    worker.askToStop();
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> ss.workerMetrics().sum("ss_worker_draining") == 1);
    assertThat(client.get("/v1/workers").text()).contains("\"state\":\"draining\"");
    String late = client.submit("word-count", "not by this worker");
    Files.createFile(gate);
    assertThat(worker.awaitExit()).isEqualTo(143);
    assertThat(client.output(job)).isEqualTo("passed in attempt 1\n");
    assertThat(client.state(late)).isEqualTo("queued");
    assertThat(client.get("/v1/workers").text()).isEqualTo("{\"workers\":[]}");
  }

  @Test
  void aJobThatOutlastsTheGracePeriodIsQueuedAgainAtNoCost() throws Exception {
    ss.with("SS_WORKER_GRACE_PERIOD", "300ms").startApi();
    ManagedProcess worker = ss.startWorker();
    Path gate = directory.resolve("gate");
    String job =
        client.submit(Map.of("job_type", "gate", "input", gate.toString(), "max_attempts", 1));
    client.awaitState(job, "running");
    assertThat(worker.terminate()).isEqualTo(143);
    assertThat(client.state(job)).isEqualTo("queued");
    assertThat(client.job(job).get("attempt").intValue()).isZero();
    ss.startWorker();
    Files.createFile(gate);
    assertThat(client.awaitFinal(job).get("state").textValue()).isEqualTo("succeeded");
    assertThat(client.output(job)).isEqualTo("passed in attempt 1\n");
  }
}
