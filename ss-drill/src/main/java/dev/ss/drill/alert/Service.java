package dev.ss.drill.alert;

import dev.ss.testkit.postgres.PostgresServer;
import dev.ss.testkit.process.Ports;
import dev.ss.testkit.system.Launcher;
import dev.ss.testkit.system.SsProcess;
import dev.ss.testkit.system.SsProcess.Kind;
import dev.ss.testkit.system.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** An API, workers and clients on a separate database, scraped by a separate Prometheus. */
final class Service implements AutoCloseable {
  static final String API = "api-1";

  private static final int WARM_UP = 100;

  private final Path directory;
  private final HttpClient http;
  private final Storage.Postgres storage;
  private final Launcher launcher;
  private final Monitoring monitoring;
  private final Map<String, SsProcess> processes = new ConcurrentHashMap<>();
  private @Nullable Load load;

  Service(
      Path directory,
      Path jars,
      Ports ports,
      HttpClient http,
      Storage.Postgres storage,
      Monitoring monitoring) {
    this.directory = directory;
    this.http = http;
    this.storage = storage;
    this.launcher = new Launcher(directory, jars, storage, ports, http);
    this.monitoring = monitoring;
    configure("");
  }

  /**
   * Writes the configuration with which processes start from now on.
   *
   * @param more further job types, and sections after them
   */
  void configure(String more) {
    String config =
        """
        api:
          connector: {type: http, port: "${SS_API_PORT:-8000}"}
          queueInterval: 1s
          maxQueuedJobs: 500
        worker:
          id: ${SS_WORKER_ID:-none}
          slots: ${SS_WORKER_SLOTS:-4}
          jobTypes: "${SS_WORKER_JOB_TYPES:-}"
          connector: {type: http, port: "${SS_WORKER_METRICS_PORT:-8001}"}
          heartbeatInterval: 1s
          lastScrapeWait: 2s
          workDirectory: work
        database: {url: "${SS_DATABASE_URL}", user: %2$s}
        retention: {finalJobs: "${SS_RETENTION_FINAL_JOBS:-7d}", interval: 1s}
        logging: {level: INFO}
        jobTypes:
          quick: {command: [cat]}
          nap: {command: [sleep, "1"]}
          long: {command: [sleep, "10"]}
          hung: {command: [sleep, "3600"]}
          moody: {command: [test, "!", -e, "%1$s"], maxAttempts: 1}
          pausing: {command: [sh, -c, 'test ! -e "%1$s" || exec sleep 600'], maxRunning: 1}
          crowded: {command: [sleep, "0.2"], maxRunning: 1, objectives: {startWithin: 2s}}
          daily: {command: [cat], maxTimeWithoutSuccess: "${DAILY_LIMIT:-365d}"}
        """
            .formatted(directory.resolve("broken"), PostgresServer.USER);
    try {
      Files.writeString(directory.resolve("config.yml"), config + more);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The file that makes jobs of the type {@code moody} fail, and those of {@code pausing} hang, if
   * they start while it exists.
   */
  Path broken() {
    return directory.resolve("broken");
  }

  /** Starts a process and waits until it is up. */
  SsProcess start(String name, Map<String, String> more) {
    SsProcess process = launch(name, more);
    process.awaitUp();
    return process;
  }

  /**
   * Stops a process with SIGTERM, and starts it with another configuration.
   *
   * @param config as in {@link #configure}
   */
  void restart(String name, String config, Map<String, String> more) {
    process(name).terminate();
    configure(config);
    start(name, more);
  }

  /** Starts a process without waiting. */
  SsProcess launch(String name, Map<String, String> more) {
    Kind kind = name.startsWith("api") ? Kind.API : Kind.WORKER;
    SsProcess process = launcher.launch(kind, name, more);
    processes.put(name, process);
    return process;
  }

  /**
   * Sends requests until the JVM of the API is warm. Start-up is not scaled, and would otherwise be
   * the first minutes of a scaled hour.
   */
  void warmUp() {
    for (int i = 0; i < WARM_UP; i++) {
      load().submitOne("quick");
      load().listOnce();
    }
  }

  /** Adds every process ever started to the scrape targets. */
  void scrapeAll() {
    monitoring.targets("ss-api", targets("api"));
    monitoring.targets("ss-worker", targets("worker"));
  }

  /** Scrapes the workers at this port instead, where something is between. */
  void scrapeWorkersAt(int port) {
    monitoring.targets("ss-worker", List.of("127.0.0.1:" + port));
  }

  private List<String> targets(String prefix) {
    return launcher.ports().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .map(entry -> "127.0.0.1:" + entry.getValue())
        .toList();
  }

  /** Whether all targets are up. */
  boolean isScraped() {
    return monitoring.up("ss-api") == targets("api").size()
        && monitoring.up("ss-worker") == targets("worker").size();
  }

  SsProcess process(String name) {
    return Objects.requireNonNull(processes.get(name), name);
  }

  Storage.Postgres storage() {
    return storage;
  }

  HttpClient http() {
    return http;
  }

  Path directory() {
    return directory;
  }

  /** Returns the clients. */
  Load load() {
    Load current = load;
    if (current == null) {
      current = new Load(http, process(API).uri("/v1/jobs"));
      load = current;
    }
    return current;
  }

  /** Stops the clients; the next {@link #load} makes new ones. */
  void stopLoad() {
    load().close();
    load = null;
  }

  @Override
  public void close() {
    if (load != null) {
      load.close();
    }
    processes.values().stream().filter(SsProcess::isAlive).forEach(SsProcess::discard);
  }
}
