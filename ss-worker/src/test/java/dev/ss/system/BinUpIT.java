package dev.ss.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.testkit.client.Client;
import dev.ss.testkit.exposition.Scrape;
import dev.ss.testkit.process.LivingProcesses;
import dev.ss.testkit.process.ManagedProcess;
import dev.ss.testkit.process.Ports;
import dev.ss.testkit.repository.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/up} with the shipped config.yml, as a newcomer starts it. */
class BinUpIT {
  private static final int JOBS = 1200;
  private static final int REPEATED = 100;

  @TempDir private Path directory;
  private final Ports ports = new Ports();
  private final int apiPort = ports.free();
  private final int metricsPort = ports.free();
  private final Client client = new Client(apiPort);
  private ManagedProcess up;

  @AfterEach
  void stop() {
    up.close();
  }

  @Test
  void everyOneOfManyJobsFinishesOnceAndAllCountsAgree() throws Exception {
    up = start();
    up.awaitLog("SS is up");
    submitAll();
    Awaitility.await("all jobs are final")
        .atMost(Duration.ofMinutes(4))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> new Client(metricsPort).scrape().sum("ss_jobs_total", "succeeded") >= JOBS);

    assertTableIsExact();
    assertApiCountsAreExact(client.scrape());
    assertWorkerCountsAreExact(new Client(metricsPort).scrape());
    assertThat(up.terminate()).isZero();

    up = start();
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> up.log().split("SS is up", -1).length == 3);
    assertThat(client.get("/v1/jobs?limit=1").status()).isEqualTo(200);
    assertThat(client.get("/v1/jobs?state=succeeded&limit=1000").json().get("jobs")).hasSize(1000);
  }

  @Test
  void theDeathOfOneProcessEndsTheOtherAndIsAnError() {
    up = start();
    up.awaitLog("SS is up");
    ProcessHandle worker =
        ProcessHandle.of(up.pid())
            .orElseThrow()
            .descendants()
            .filter(process -> process.info().commandLine().orElse("").contains("ss-worker.jar"))
            .findFirst()
            .orElseThrow();
    worker.destroyForcibly();
    assertThat(up.awaitExit()).isEqualTo(1);
    assertThat(up.log()).contains("the worker has ended (exit code 137)");
    assertThat(LivingProcesses.isRunning(worker.pid())).isFalse();
  }

  @Test
  void aJavaThatIsNotThereIsSaidPlainly() {
    up = start("JAVA_HOME", directory.resolve("no-jdk").toString());
    assertThat(up.awaitExit()).isEqualTo(1);
    assertThat(up.log()).contains("bin/up: there is no").contains("JDK 17");
  }

  @Test
  void besideASsThatRunsItSaysSoAndStartsNothing() {
    up = start();
    up.awaitLog("SS is up");

    try (ManagedProcess second = start("second.log", List.of("bin/up"))) {
      assertThat(second.awaitExit()).isEqualTo(1);
      assertThat(second.log())
          .contains("something listens on 127.0.0.1:" + apiPort + " already")
          .contains("SS_API_PORT")
          .doesNotContain("SS is up");
    }
    assertThat(client.get("/health/ready").status()).isEqualTo(200);
    assertThat(up.log()).doesNotContain("holds the lock for migrating");
  }

  @Test
  void askedForHelpItHelpsAndStartsNothing() {
    up = start("help.log", List.of("bin/up", "--help"));

    assertThat(up.awaitExit()).isZero();
    assertThat(up.log()).startsWith("usage: bin/up").doesNotContain("building");
  }

  @Test
  void whatItDoesNotKnowIsAnErrorWithTheUsage() {
    up = start("unknown.log", List.of("bin/up", "--port", "9000"));

    assertThat(up.awaitExit()).isEqualTo(2);
    assertThat(up.log()).startsWith("usage: bin/up");
  }

  @Test
  void aStopThatTakesTimeSaysWhatItWaitsFor() throws Exception {
    Path config = directory.resolve("config.yml");
    Files.writeString(
        config,
        Files.readString(Repository.root().resolve("config.yml"))
            .replace("[wc, -w]", "[sh, -c, 'sleep 4; echo done']"));
    up = start("SS_CONFIG", config.toString());
    up.awaitLog("SS is up");
    String job = client.submit("word-count", "");
    client.awaitState(job, "running");

    assertThat(up.terminate()).isZero();

    assertThat(up.log())
        .containsPattern("waiting for the worker( and the API)? \\(1 s\\): running jobs may end");
  }

  private ManagedProcess start(String... variables) {
    return start("up.log", List.of("bin/up"), variables);
  }

  private ManagedProcess start(String log, List<String> command, String... variables) {
    Map<String, String> environment = new HashMap<>();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("JDK_JAVA_OPTIONS", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1");
    environment.put("SS_API_PORT", Integer.toString(apiPort));
    environment.put("SS_WORKER_METRICS_PORT", Integer.toString(metricsPort));
    environment.put("SS_DATABASE_URL", "jdbc:sqlite:" + directory.resolve("ss.db"));
    environment.put("SS_WORK_DIRECTORY", directory.resolve("work").toString());
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    return ManagedProcess.start(Repository.root(), directory.resolve(log), environment, command);
  }

  /** From several clients at once; some submissions are sent twice under one key. */
  private void submitAll() throws InterruptedException {
    ExecutorService clients = Executors.newFixedThreadPool(8);
    List<String> types = List.of("word-count", "checksum", "sort-lines");
    for (int i = 0; i < JOBS; i++) {
      Map<String, Object> body =
          Map.of("job_type", types.get(i % types.size()), "input", "line " + i + "\n");
      String key = "key-" + i;
      int times = i < REPEATED ? 2 : 1;
      clients.execute(
          () ->
              IntStream.range(0, times)
                  .forEach(time -> client.post("/v1/jobs", body, "Idempotency-Key", key)));
    }
    clients.shutdown();
    assertThat(clients.awaitTermination(4, TimeUnit.MINUTES)).isTrue();
  }

  private void assertTableIsExact() throws SQLException {
    assertThat(count("select count(*) from jobs")).isEqualTo(JOBS);
    assertThat(
            count(
                "select count(*) from jobs where state = 'succeeded' and attempt = 1 and generation"
                    + " = 1"))
        .isEqualTo(JOBS);
    assertThat(count("select count(*) from job_attempts where length(output) > 0")).isEqualTo(JOBS);
  }

  private long count(String query) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("ss.db"));
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getLong(1);
    }
  }

  private static void assertApiCountsAreExact(Scrape api) {
    assertThat(api.sum("ss_jobs_total", "event=\"created\"")).isEqualTo(JOBS);
    assertThat(api.sum("ss_jobs_total", "event=\"deduplicated\"")).isEqualTo(REPEATED);
    String[] created = {"method=\"POST\"", "route=\"/v1/jobs\"", "status_code=\"201\""};
    assertThat(api.sum("ss_http_requests_total", created)).isEqualTo(JOBS);
    assertThat(api.sum("ss_http_request_duration_seconds_count", created)).isEqualTo(JOBS);
    assertThat(api.sum("ss_http_requests_total", "POST", "status_code=\"200\""))
        .isEqualTo(REPEATED);
  }

  private static void assertWorkerCountsAreExact(Scrape worker) {
    assertThat(worker.sum("ss_jobs_total", "event=\"started\"")).isEqualTo(JOBS);
    assertThat(worker.sum("ss_jobs_total", "event=\"succeeded\"")).isEqualTo(JOBS);
    for (String event : List.of("failed", "retried", "cancelled", "recovered")) {
      assertThat(worker.sum("ss_jobs_total", "event=\"" + event + "\"")).as(event).isZero();
    }
    assertThat(worker.sum("ss_job_runs_total", "outcome=\"succeeded\"")).isEqualTo(JOBS);
    assertThat(worker.sum("ss_job_runs_total")).isEqualTo(JOBS);
    for (String histogram :
        List.of(
            "ss_job_run_duration_seconds",
            "ss_job_queue_wait_seconds",
            "ss_job_end_to_end_seconds")) {
      assertThat(worker.sum(histogram + "_count")).as(histogram).isEqualTo(JOBS);
      assertThat(worker.sum(histogram + "_bucket", "le=\"+Inf\"")).as(histogram).isEqualTo(JOBS);
    }
    assertThat(worker.sum("ss_worker_inflight_jobs")).isZero();
  }
}
