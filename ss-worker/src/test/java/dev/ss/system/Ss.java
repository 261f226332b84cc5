package dev.ss.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** The API and workers as processes in a directory of the test's. */
final class Ss implements AutoCloseable {
  private static final Path REPOSITORY = Path.of("").toAbsolutePath().getParent();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private final Deque<ManagedProcess> processes = new ArrayDeque<>();
  private final int apiPort = freePort();
  private final int metricsPort = freePort();
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
      String shipped = Files.readString(REPOSITORY.resolve("config.yml"));
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
    ManagedProcess api = run("ss-api");
    awaitUp(api, client, "/health/ready");
    return api;
  }

  ManagedProcess startWorker() {
    ManagedProcess worker = run("ss-worker");
    awaitUp(worker, workerClient, "/metrics");
    return worker;
  }

  /** Starts a process and does not wait for anything. */
  ManagedProcess run(String module) {
    Path jar = REPOSITORY.resolve(module).resolve("target").resolve(module + ".jar");
    return run(
        module,
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            jar.toString(),
            "server",
            "config.yml"));
  }

  private ManagedProcess run(String name, List<String> command) {
    ManagedProcess process =
        ManagedProcess.start(directory, directory.resolve(name + ".log"), environment, command);
    processes.push(process);
    return process;
  }

  private static void awaitUp(ManagedProcess process, Client client, String path) {
    Awaitility.await(path)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptionsInstanceOf(UncheckedIOException.class)
        .failFast("it has ended", () -> !process.isAlive())
        .until(() -> client.get(path).statusCode() == 200);
  }

  static Path repository() {
    return REPOSITORY;
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
    return Scrape.of(client);
  }

  Scrape workerMetrics() {
    return Scrape.of(workerClient);
  }

  Client workerClient() {
    return workerClient;
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    processes.forEach(ManagedProcess::close);
  }
}
