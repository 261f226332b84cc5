package dev.ss.bench.load;

import dev.ss.bench.measure.ProcessorTime;
import dev.ss.testkit.client.Answer;
import dev.ss.testkit.client.Http;
import dev.ss.testkit.process.ManagedProcess;
import dev.ss.testkit.process.Ports;
import dev.ss.testkit.process.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A process of the API on a SQLite file of its own, with one queued job. */
final class LoadedApi implements AutoCloseable {
  /**
   * The same for all variants; the heap never grows, so that no process is busy with growing it.
   */
  static final List<String> JVM_OPTIONS =
      List.of("-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch", "-XX:+UseG1GC");

  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  private final int port;
  private final Http http;
  private final Variant variant;
  private final ManagedProcess process;
  private final String job;

  /** Starts the API in this empty directory, and submits a job that no worker runs. */
  LoadedApi(Variant variant, Path directory, Ports ports) {
    this.variant = variant;
    port = ports.free();
    http = new Http(port);
    try {
      Path configuration =
          Files.writeString(
              directory.resolve("config.yml"),
              variant.configuration(Files.readString(Path.of("config.yml"))));
      process =
          ManagedProcess.start(
              directory,
              directory.resolve("log"),
              environment(directory.resolve("ss.db")),
              command(configuration));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Waiting.until(() -> "the API is ready; its log:\n" + process.log(), START_LIMIT, this::isReady);
    job = submit();
  }

  private boolean isReady() {
    if (!process.isAlive()) {
      throw failed("the API ended");
    }
    try {
      return http.get("/health/ready").status() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  private IllegalStateException failed(String what) {
    return new IllegalStateException(
        "%s (metrics: %s); its log:%n%s".formatted(what, variant.title(), process.log()));
  }

  private List<String> command(Path configuration) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_OPTIONS);
    command.addAll(variant.program());
    command.addAll(List.of("server", configuration.toString()));
    return command;
  }

  private Map<String, String> environment(Path database) {
    return Map.of(
        "SS_API_PORT", Integer.toString(port),
        "SS_BIND_HOST", "127.0.0.1",
        "SS_LOG_LEVEL", "WARN",
        "SS_DATABASE_URL", "jdbc:sqlite:" + database,
        "SS_DATABASE_USER", "",
        "SS_DATABASE_PASSWORD", "");
  }

  private String submit() {
    Answer answer = http.submit("{\"job_type\": \"word-count\", \"input\": \"\"}");
    return answer
        .header("Location")
        .map(location -> URI.create(location).getPath())
        .orElseThrow(() -> failed("the API answered a job with " + answer));
  }

  private URI uri(Load load) {
    return URI.create("http://127.0.0.1:" + port + load.path(job));
  }

  int port() {
    return port;
  }

  /**
   * Lets wrk send these requests.
   *
   * @throws IllegalStateException if a request fails
   */
  LoadFigures load(Load load, int seconds, Wrk wrk) {
    double cpuBefore = ProcessorTime.withChildren(process.pid());
    Wrk.Summary summary = wrk.run(load, uri(load), seconds);
    double cpuSeconds = ProcessorTime.withChildren(process.pid()) - cpuBefore;
    if (summary.failures() > 0) {
      throw failed(
          "%d of %d requests failed: %s"
              .formatted(summary.failures(), summary.requests(), load.title()));
    }
    return LoadFigures.of(summary, cpuSeconds);
  }

  @Override
  public void close() {
    process.close();
  }
}
