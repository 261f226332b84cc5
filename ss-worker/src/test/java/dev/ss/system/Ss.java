package dev.ss.system;

import dev.ss.testkit.client.Client;
import dev.ss.testkit.exposition.Scrape;
import dev.ss.testkit.process.ManagedProcess;
import dev.ss.testkit.process.Ports;
import dev.ss.testkit.process.Waiting;
import dev.ss.testkit.prometheus.Prometheus;
import dev.ss.testkit.repository.Repository;
import dev.ss.testkit.system.SsProcess;
import dev.ss.testkit.system.SsProcess.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.sqlite.SQLiteErrorCode;

/** The API and workers as processes in a directory of the test's. */
final class Ss implements AutoCloseable {
  private static final Duration LOCK_LIMIT = Duration.ofSeconds(10);

  private final Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private final Deque<ManagedProcess> processes = new ArrayDeque<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Ports ports = new Ports();
  private final int apiPort = ports.free();
  private final int metricsPort = ports.free();
  private final Client client = new Client(apiPort);
  private final Client workerClient = new Client(metricsPort);

  private Ss(Path directory) {
    this.directory = directory;
    environment.put("SS_API_PORT", Integer.toString(apiPort));
    environment.put("SS_WORKER_METRICS_PORT", Integer.toString(metricsPort));
  }

  /** Nothing runs yet; the configuration of these tests is in the directory. */
  static Ss in(Path directory) {
    try (InputStream config = Ss.class.getResourceAsStream("config.yml")) {
      Files.copy(config, directory.resolve("config.yml"));
      return new Ss(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An API and a worker, up. */
  static Ss startedIn(Path directory) {
    Ss ss = in(directory);
    ss.startApi();
    ss.startWorker();
    return ss;
  }

  Ss with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** The mappings of the shipped config.yml, which give Jetty's metrics their names. */
  Ss withShippedMetrics() {
    try {
      String shipped = Files.readString(Repository.root().resolve("config.yml"));
      Files.writeString(
          directory.resolve("config.yml"),
          shipped.substring(shipped.indexOf("\nmetrics:")),
          StandardOpenOption.APPEND);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ManagedProcess startApi() {
    SsProcess api = start(Kind.API, "ss-api", apiPort);
    api.awaitUp();
    return api.process();
  }

  /** Starts one more API, on a port of its own. */
  AnotherApi startAnotherApi() {
    AnotherApi another = launchAnotherApi();
    another.api().awaitUp();
    return another;
  }

  /** Starts one more API, on a port of its own, and does not wait for anything. */
  AnotherApi launchAnotherApi() {
    int port = ports.free();
    return new AnotherApi(start(Kind.API, "ss-api-2", port), new Client(port));
  }

  /** An API beside the first. */
  record AnotherApi(SsProcess api, Client client) {}

  ManagedProcess startWorker() {
    SsProcess worker = start(Kind.WORKER, "ss-worker", metricsPort);
    worker.awaitUp();
    return worker.process();
  }

  /** Starts an API and does not wait for anything. */
  ManagedProcess launchApi() {
    return start(Kind.API, "ss-api", apiPort).process();
  }

  /** Starts a worker and does not wait for anything. */
  ManagedProcess launchWorker() {
    return start(Kind.WORKER, "ss-worker", metricsPort).process();
  }

  /** Starts one more worker, with metrics on a port of its own, and does not wait for anything. */
  ManagedProcess launchAnotherWorker() {
    return with("SS_WORKER_METRICS_PORT", Integer.toString(ports.free())).launchWorker();
  }

  private SsProcess start(Kind kind, String name, int port) {
    Map<String, String> own = new HashMap<>(environment);
    if (kind == Kind.API) {
      own.put("SS_API_PORT", Integer.toString(port));
    }
    SsProcess started = SsProcess.start(kind, name, port, directory, Repository.root(), own, http);
    processes.push(started.process());
    return started;
  }

  /** Freezes a process, but not in the midst of a write: that would freeze SQLite's lock too. */
  void freeze(ManagedProcess process) {
    Waiting.until(() -> "a moment without a write", LOCK_LIMIT, () -> freezesUnlocked(process));
  }

  private boolean freezesUnlocked(ManagedProcess process) {
    process.signal("STOP");
    if (isUnlocked()) {
      return true;
    }
    process.signal("CONT");
    return false;
  }

  private boolean isUnlocked() {
    String url = "jdbc:sqlite:" + directory.resolve("ss.db") + "?busy_timeout=0";
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("begin immediate");
      statement.execute("rollback");
      return true;
    } catch (SQLException e) {
      if (e.getErrorCode() != SQLiteErrorCode.SQLITE_BUSY.code) {
        throw new IllegalStateException(e);
      }
      return false;
    }
  }

  /** Starts a Prometheus that scrapes both processes. */
  Prometheus startPrometheus() {
    return Prometheus.scraping(directory, scrapeJobs());
  }

  /** Starts a Prometheus with the shipped rules; alerts fire as soon as they have a reason. */
  Prometheus startPrometheusWithRules(String name, String... options) {
    try (Stream<Path> rules = Files.list(Repository.root().resolve("ops/prometheus/rules"))) {
      Path own = Files.createDirectory(directory.resolve(name));
      Path copies = Files.createDirectory(own.resolve("rules"));
      for (Path rule : rules.toList()) {
        Files.writeString(
            copies.resolve(rule.getFileName()),
            Files.readString(rule)
                .replaceAll("(?m)^( +for:) \\S+$", "$1 0s")
                .replaceAll("(?m)^( +interval:) \\S+$", "$1 1s"));
      }
      return Prometheus.evaluating(own, scrapeJobs(), copies, options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, Integer> scrapeJobs() {
    return Map.of("ss-api", apiPort, "ss-worker", metricsPort);
  }

  Path directory() {
    return directory;
  }

  int apiPort() {
    return apiPort;
  }

  int metricsPort() {
    return metricsPort;
  }

  Client client() {
    return client;
  }

  Scrape apiMetrics() {
    return client.scrape();
  }

  Scrape workerMetrics() {
    return workerClient.scrape();
  }

  Client workerClient() {
    return workerClient;
  }

  @Override
  public void close() {
    processes.forEach(ManagedProcess::close);
  }
}
