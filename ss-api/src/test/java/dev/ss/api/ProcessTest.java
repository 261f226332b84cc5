package dev.ss.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ss.api.support.ApiProcess;
import dev.ss.testkit.client.Answer;
import dev.ss.testkit.client.Http;
import dev.ss.testkit.process.ManagedProcess;
import dev.ss.testkit.process.Ports;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process as an operator starts and stops it: its exit codes and what it prints. */
class ProcessTest {
  @TempDir private Path directory;
  private int port;

  @BeforeEach
  void choosePort() {
    port = new Ports().free();
  }

  @Test
  void aProcessThatCannotStartNamesTheKeyAndEndsWithAnError() throws Exception {
    ManagedProcess process =
        ApiProcess.start(
            directory,
            """
            database: {url: "${SS_DATABASE_URL}", password: "${SS_DATABASE_PASSWORD}"}
            jobTypes: {report: {command: [sort]}}
            """,
            Map.of(
                "SS_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/canary-name?password=canary-url",
                "SS_DATABASE_PASSWORD", "canary-password"));

    assertThat(process.awaitExit()).isNotZero();
    assertThat(process.log())
        .contains("database.url", "SS_DATABASE_URL", "nothing answers")
        .doesNotContain("canary")
        .doesNotContain("Exception");
  }

  @Test
  void aProcessThatIsToldToEndAnswersThoseWhoWaitAndKeepsTheirJobs() throws Exception {
    Http http = Http.ofApi(port);
    try (ManagedProcess process = ApiProcess.start(directory, good(), Map.of())) {
      process.awaitLog("ss-api is up.");
      String jobId = http.submitted("report");
      CompletableFuture<Answer> waiting = http.getLater("/v1/jobs/" + jobId + "/wait?timeout=5m");
      await().until(() -> http.get("/metrics").text().contains("ss_http_requests_in_flight 2.0"));

      process.askToStop();

      assertThat(process.awaitExit()).isEqualTo(143);
      assertThat(waiting.join().field("state")).isEqualTo("queued");
      assertThat(process.log()).doesNotContain("canary").doesNotContain("Exception");
    }
    try (ManagedProcess again = ApiProcess.start(directory, good(), Map.of())) {
      again.awaitLog("ss-api is up.");
      assertThat(http.get("/v1/jobs").json().path("jobs")).hasSize(1);
    }
  }

  private String good() {
    return "api: {connector: {type: http, port: %d}}\n".formatted(port)
        + "database: {url: \"jdbc:sqlite:%s\"}\n".formatted(directory.resolve("canary-name.db"))
        + "jobTypes: {report: {command: [sort]}}\n";
  }
}
