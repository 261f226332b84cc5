package dev.ss.api;

import static dev.ss.api.support.Problems.assertProblem;
import static dev.ss.testkit.exposition.Scrape.series;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ss.api.support.ApiProcess;
import dev.ss.testkit.client.Answer;
import dev.ss.testkit.client.Http;
import dev.ss.testkit.process.ManagedProcess;
import dev.ss.testkit.process.Ports;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process as an operator starts it: it says in one line which key is wrong and ends, or runs
 * until it is told to stop.
 */
class StartupTest {
  private static final String JOB_TYPES = "jobTypes: {report: {command: [sort]}}\n";

  @TempDir private Path directory;
  private int port;

  @BeforeEach
  void choosePort() {
    port = new Ports().free();
  }

  @Test
  void aKeyThatIsNotKnownIsNamed() throws Exception {
    assertRefuses(good().replace("bindHost", "bindhost"), "bindhost");
  }

  @Test
  void aSectionThatIsNotKnownIsNamed() throws Exception {
    assertRefuses(good() + "databse: {url: x}\n", "databse");
  }

  @Test
  void dropwizardsOwnServerSectionIsRefusedAndNotIgnored() throws Exception {
    assertRefuses(good() + "server: {type: simple}\n", "server");
  }

  @Test
  void aFieldOfAJobTypeThatIsNotKnownIsNamedWithItsJobType() throws Exception {
    assertRefuses(
        good().replace("command: [sort]", "command: [sort], retries: 3"),
        "jobTypes",
        "report",
        "retries");
  }

  @Test
  void aJobTypeWithoutACommandIsNamed() throws Exception {
    assertRefuses(
        good().replace("command: [sort]", "timeout: 1m"), "jobTypes", "report", "command");
  }

  @Test
  void aPortThatIsAWordIsNamed() throws Exception {
    assertRefuses(good().replace("port: " + port, "port: \"${SS_API_PORT:-eighty}\""), "api.port");
  }

  @Test
  void aPortThatIsOutOfRangeIsNamed() throws Exception {
    assertRefuses(good().replace("port: " + port, "port: 65536"), "api.port");
  }

  @Test
  void aPortThatIsTakenIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertRefuses(
          good().replace("port: " + port, "port: " + taken.getLocalPort()),
          "api.port",
          "SS_API_PORT",
          Integer.toString(taken.getLocalPort()));
    }
  }

  @Test
  void aDatabaseThatIsNotThereIsNamedWithoutItsSecrets() throws Exception {
    ManagedProcess process =
        ApiProcess.start(
            directory,
            "api: {port: %d}\ndatabase: {url: \"${SS_DATABASE_URL}\", user: canary-user, password: \"${SS_DATABASE_PASSWORD}\"}\n"
                    .formatted(port)
                + JOB_TYPES,
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
  void aDatabaseOfAnotherKindIsRefused() throws Exception {
    assertRefuses(
        good().replaceAll("url: .*", "url: \"jdbc:h2:mem:x\"}"),
        "database.url",
        "jdbc:sqlite:",
        "jdbc:postgresql:");
  }

  @Test
  void aDatabaseInADirectoryThatCannotBeMadeIsRefused() throws Exception {
    Files.createFile(directory.resolve("file"));
    assertRefuses(
        good()
            .replaceAll(
                "url: .*", "url: \"jdbc:sqlite:%s\"}".formatted(directory.resolve("file/ss.db"))),
        "database.url",
        "SS_DATABASE_URL");
  }

  @Test
  void aFileThatIsNoYamlIsRefused() throws Exception {
    assertRefuses("api: {port: [\n", "config.yml");
  }

  @Test
  void aMissingFileIsNamed() throws Exception {
    ManagedProcess process = ApiProcess.startWith(directory, "not-there.yml", Map.of());

    assertThat(process.awaitExit()).isNotZero();
    assertThat(process.log()).contains("cannot start", "not-there.yml").doesNotContain("Exception");
  }

  @Test
  void aProcessThatStartsSaysSoAndEndsWhenItIsTold() throws Exception {
    try (ManagedProcess process = ApiProcess.start(directory, good(), Map.of())) {
      process.awaitLog("ss-api is up.");
      process.askToStop();

      assertThat(process.awaitExit()).isEqualTo(143);
      assertThat(process.log()).doesNotContain("canary").doesNotContain("Exception");
    }
  }

  @Test
  void aProcessThatIsToldToEndAnswersThoseWhoWaitAndKeepsTheirJobs() throws Exception {
    Http http = new Http(port);
    try (ManagedProcess process = ApiProcess.start(directory, good(), Map.of())) {
      process.awaitLog("ss-api is up.");
      String jobId = http.submitted("report");
      CompletableFuture<Answer> waiting = http.getLater("/v1/jobs/" + jobId + "/wait?timeout=5m");
      await().until(() -> http.get("/metrics").text().contains("ss_http_requests_in_flight 2.0"));

      process.askToStop();

      assertThat(process.awaitExit()).isEqualTo(143);
      assertThat(waiting.join().field("state")).isEqualTo("queued");
    }
    try (ManagedProcess again = ApiProcess.start(directory, good(), Map.of())) {
      again.awaitLog("ss-api is up.");
      assertThat(http.get("/v1/jobs").json().path("jobs")).hasSize(1);
    }
  }

  @Test
  void aProcessThatIsToldToEndSaysThatItIsLeavingBeforeItDoes() throws Exception {
    Http http = new Http(port);
    String patient = good().replace("api: {", "api: {shutdownDelay: 10s, ");
    try (ManagedProcess process = ApiProcess.start(directory, patient, Map.of())) {
      process.awaitLog("ss-api is up.");
      assertThat(http.get("/health/ready").status()).isEqualTo(200);

      process.askToStop();

      await().until(() -> http.get("/health/ready").status() == 503);
      assertProblem(http.get("/health/ready"), 503, "unavailable");
      assertThat(http.get("/health/live").status()).isEqualTo(200);
      assertThat(http.submitted("report")).isNotEmpty();
      assertThat(process.awaitExit()).isEqualTo(143);
    }
  }

  @Test
  void aProcessThatWaitsToBeScrapedTakesNothingThatTheScrapeWouldNotSee() throws Exception {
    Http http = new Http(port);
    String patient = good().replace("api: {", "api: {lastScrapeWait: 5m, ");
    try (ManagedProcess process = ApiProcess.start(directory, patient, Map.of())) {
      process.awaitLog("ss-api is up.");
      http.submitted("report");
      assertThat(http.get("/metrics").status()).isEqualTo(200);

      process.askToStop();

      String body = "{\"job_type\": \"report\", \"input\": \"x\"}";
      await().until(() -> http.submit(body).status() == 503);
      Answer refused = http.submit(body);
      assertProblem(refused, 503, "unavailable");
      assertThat(refused.header("Retry-After")).contains("1");
      assertThat(refused.header("Connection")).contains("close");
      int stored = http.get("/v1/jobs?limit=100").json().path("jobs").size();
      assertThat(http.scrape().value(series("ss_jobs_total", "event", "created")))
          .isEqualTo(stored);
      assertThat(process.awaitExit()).isEqualTo(143);
    }
  }

  private String good() {
    return "api: {port: %d, bindHost: 127.0.0.1}\n".formatted(port)
        + "database: {url: \"jdbc:sqlite:%s\"}\n".formatted(directory.resolve("canary-name.db"))
        + JOB_TYPES;
  }

  private void assertRefuses(String config, String... mentioned) throws Exception {
    ManagedProcess process = ApiProcess.start(directory, config, Map.of());

    assertThat(process.awaitExit()).isNotZero();
    assertThat(process.log())
        .contains(mentioned)
        .doesNotContain("Exception")
        .doesNotContain("canary");
  }
}
