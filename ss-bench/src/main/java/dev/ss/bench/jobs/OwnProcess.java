package dev.ss.bench.jobs;

import dev.ss.bench.measure.Trees;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One of SS's two processes, started as an operator starts it, on a free port. */
final class OwnProcess implements AutoCloseable {
  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final Process process;
  private final Thread atExit;
  private final Path directory;
  private final String address;
  private final double secondsToStart;

  private OwnProcess(Plan plan, Storage.Place place, String name, String ready) {
    int port = freePort();
    address = "http://127.0.0.1:" + port;
    try {
      directory = Files.createTempDirectory(plan.directory(), name);
      Files.writeString(directory.resolve("config.yml"), config(place, port));
      long begin = System.nanoTime();
      process = start(plan, name);
      atExit = new Thread(process::destroyForcibly);
      Runtime.getRuntime().addShutdownHook(atExit);
      Waiting.until(() -> answers(ready), PATIENCE_NANOS, this::log);
      secondsToStart = (System.nanoTime() - begin) / 1e9;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static OwnProcess api(Plan plan, Storage.Place place) {
    return new OwnProcess(plan, place, "ss-api", "/health/ready");
  }

  static OwnProcess worker(Plan plan, Storage.Place place) {
    return new OwnProcess(plan, place, "ss-worker", "/metrics");
  }

  private Process start(Plan plan, String name) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                plan.jars().resolve(name + "/target/" + name + ".jar").toAbsolutePath().toString(),
                "server",
                "config.yml"));
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("log").toFile())
        .start();
  }

  /** Both processes read the whole file; each uses only its own port. */
  private static String config(Storage.Place place, int port) {
    return """
    api: {port: %1$d}
    worker: {id: bench, metricsPort: %1$d, lastScrapeWait: 0s, workDirectory: work}
    database: {url: "%2$s", user: "%3$s"}
    jobTypes:
      %4$s: {command: [/bin/true], maxAttempts: 3}
    logging: {level: WARN}
    """
        .formatted(port, place.section().url(), place.section().user(), OurApi.JOB_TYPE);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean answers(String path) {
    if (!process.isAlive()) {
      throw new IllegalStateException("the process ended:\n" + log());
    }
    try {
      return get(path).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  private HttpResponse<String> get(String path) throws IOException {
    return send(HttpRequest.newBuilder(URI.create(address + path)));
  }

  /** Submits a job. */
  void submit() {
    try {
      HttpResponse<String> response =
          send(
              HttpRequest.newBuilder(URI.create(address + "/v1/jobs"))
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofByteArray(OurApi.BODY)));
      if (response.statusCode() != 201) {
        throw new IllegalStateException(response.body());
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return client.send(request.timeout(REQUEST_TIMEOUT).build(), BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Returns the seconds from the start of the process until it answers. */
  double secondsToStart() {
    return secondsToStart;
  }

  /** Returns the process's resident memory, in MiB. */
  double residentMebibytes() {
    try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      String line = lines.filter(each -> each.startsWith("VmRSS:")).findFirst().orElseThrow();
      return Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private String log() {
    try {
      return Files.readString(directory.resolve("log"));
    } catch (IOException e) {
      return "(no log)";
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(40, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().removeShutdownHook(atExit);
    Trees.delete(directory);
  }
}
