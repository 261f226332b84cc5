package dev.ss.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What is over long enough is forgotten, by the worker and for everybody. */
class RetentionIT extends OwnSystem {
  @Test
  void aFinalJobIsGoneWhenItsRetentionIsOver() throws Exception {
    Path config = directory.resolve("config.yml");
    Files.writeString(
        config, "\nretention: {finalJobs: 2s, interval: 100ms}\n", StandardOpenOption.APPEND);
    ss.startApi();
    ss.startWorker();
    String job = client.submit("word-count", "one two");
    client.awaitFinal(job);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> client.get("/v1/jobs/" + job).status() == 404);
    assertThat(client.get("/v1/jobs/" + job + "/output").status()).isEqualTo(404);
    Awaitility.await().until(() -> ss.workerMetrics().sum("ss_jobs_deleted_total") == 1);
    assertThat(ss.workerMetrics().sum("metrics_bridge_collector_success", "collector=\"maintain\""))
        .isEqualTo(1);
  }
}
