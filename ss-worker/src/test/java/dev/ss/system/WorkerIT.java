package dev.ss.system;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.testkit.client.Http;
import dev.ss.testkit.client.RawHttp;
import dev.ss.testkit.process.ManagedProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The worker's connector, its slots, and what keeps it from starting. */
class WorkerIT extends OwnSystem {
  @Test
  void theConnectorServesMetricsAndNothingElse() {
    ss.startWorker();
    assertThat(status("GET", "/metrics")).isEqualTo(200);
    assertThat(status("HEAD", "/metrics")).isEqualTo(200);
    assertThat(status("GET", "/")).isEqualTo(404);
    assertThat(status("GET", "/metrics/")).isEqualTo(404);
    assertThat(status("GET", "/v1/jobs")).isEqualTo(404);
    for (String method : new String[] {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW"}) {
      assertThat(status(method, "/metrics")).as(method).isEqualTo(405);
    }
  }

  @Test
  void anIdleWorkerShowsThatItGoesOnLookingForJobs() {
    ss.startWorker();
    Awaitility.await().until(() -> lastPoll() > 0);
    double first = lastPoll();
    Awaitility.await().until(() -> lastPoll() > first);
  }

  private double lastPoll() {
    return ss.workerMetrics().sum("ss_worker_last_poll_timestamp_seconds");
  }

  @Test
  void portZeroOpensNoSocketAndTheWorkerWorksAllTheSame() throws Exception {
    ss.startApi();
    ManagedProcess worker = ss.with("SS_WORKER_METRICS_PORT", "0").launchWorker();
    String job = client.submit("word-count", "one two");
    client.awaitFinal(job);
    assertThat(client.output(job).strip()).isEqualTo("2");
    assertThat(listeningSockets(worker.pid())).isZero();
    assertThat(worker.terminate()).isEqualTo(143);
  }

  @Test
  void noMoreJobsRunAtOnceThanThereAreSlotsAndPriorityGoesFirst() throws Exception {
    ss.with("SS_WORKER_SLOTS", "1").startApi();
    ss.startWorker();
    Path gate = directory.resolve("gate");
    client.awaitState(client.submit("gate", gate.toString()), "running");
    String low = client.submit(Map.of("job_type", "bytes", "input", "", "priority", -5));
    String high = client.submit(Map.of("job_type", "bytes", "input", "", "priority", 5));
    assertThat(ss.workerMetrics().sum("ss_worker_inflight_jobs")).isEqualTo(1);
    Files.createFile(gate);
    JsonNode lowJob = client.awaitFinal(low);
    assertThat(client.awaitFinal(high).get("started_at").textValue())
        .isLessThan(lowJob.get("started_at").textValue());
  }

  @Test
  void aCommandThatIsNotThereIsAStartUpErrorThatNamesItsJobType() {
    assertThat(
            startWith("  word-count: {command: [wc, -w]", "  word-count: {command: [no-such-wc]"))
        .contains("ss-worker cannot start: jobTypes.word-count.command")
        .contains("no-such-wc");
  }

  @Test
  void anUnknownFieldOfAJobTypeIsAStartUpErrorThatNamesIt() {
    assertThat(startWith("timeout: 1m", "timeuot: 1m"))
        .contains("Unrecognized field at: jobTypes")
        .contains("timeuot");
  }

  @Test
  void aMistypedKeyIsAStartUpErrorThatNamesIt() {
    assertThat(startWith("  pollInterval:", "  polInterval:"))
        .contains("Unrecognized field at: worker.polInterval");
  }

  @Test
  void aPortThatIsAWordIsAStartUpErrorThatNamesTheKey() {
    ss.with("SS_WORKER_METRICS_PORT", "eight-thousand");
    assertThat(startWith("", "")).contains("worker.connector.port");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://127.0.0.1:1/canary-db?password=canary-secret",
        "jdbc:canary:canary-secret",
        "jdbc:sqlite:/proc/canary-secret/ss.db"
      })
  void aDatabaseThatIsNotThereIsAStartUpErrorWithoutItsUrl(String url) {
    ss.with("SS_DATABASE_URL", url);
    assertThat(startWith("", ""))
        .contains("ss-worker cannot start: database.url (SS_DATABASE_URL)")
        .doesNotContain("canary");
  }

  @Test
  void aTakenMetricsPortIsAStartUpErrorThatNamesTheKey() {
    ss.startWorker();
    ss.with("SS_WORKER_ID", "another");
    assertThat(startWith("", ""))
        .contains("worker.connector.port (SS_WORKER_METRICS_PORT): cannot listen");
  }

  @Test
  void scrapersThatDoNotReadHoldUpNobody() throws IOException {
    ss.startWorker();
    List<Socket> scrapers = new ArrayList<>();
    try {
      for (int i = 0; i < 30; i++) {
        Socket scraper = new Socket();
        scrapers.add(scraper);
        scraper.setReceiveBufferSize(1);
        scraper.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), ss.metricsPort()));
        byte[] requests = RawHttp.head("GET /metrics HTTP/1.1").repeat(100).getBytes(US_ASCII);
        scraper.getOutputStream().write(requests);
      }

      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> new Http(ss.metricsPort()).get("/metrics").status() == 200);
    } finally {
      for (Socket scraper : scrapers) {
        scraper.close();
      }
    }
  }

  @Test
  void aSecondWorkerOfTheSameNameIsAStartUpError() {
    ss.startWorker();
    ss.with("SS_WORKER_METRICS_PORT", "0");
    assertThat(startWith("", "")).contains("worker.id (SS_WORKER_ID)");
  }

  /** Starts a worker with a changed configuration and returns its log once it has given up. */
  private String startWith(String original, String replacement) {
    try {
      Path config = directory.resolve("config.yml");
      Files.writeString(config, Files.readString(config).replace(original, replacement));
      ManagedProcess worker = ss.launchWorker();
      assertThat(worker.awaitExit()).isEqualTo(1);
      return worker.log();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int status(String method, String path) {
    return new Http(ss.metricsPort()).method(method, path).status();
  }

  /** Sockets of the process in state LISTEN (0A in proc(5)'s tables). */
  private static long listeningSockets(long pid) throws IOException {
    Path proc = Path.of("/proc", Long.toString(pid));
    String inodes;
    try (Stream<Path> descriptors = Files.list(proc.resolve("fd"))) {
      inodes = descriptors.map(WorkerIT::target).collect(Collectors.joining("\n"));
    }
    long listening = 0;
    for (String table : new String[] {"net/tcp", "net/tcp6"}) {
      listening +=
          Files.readAllLines(proc.resolve(table)).stream()
              .map(line -> line.strip().replaceAll(" +", " "))
              .filter(line -> line.matches("\\d+: \\S+ \\S+ 0A .*"))
              .filter(line -> inodes.contains("socket:[" + field(line, 9) + "]"))
              .count();
    }
    return listening;
  }

  private static String field(String line, int index) {
    return List.of(line.split(" ", -1)).get(index);
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }
}
