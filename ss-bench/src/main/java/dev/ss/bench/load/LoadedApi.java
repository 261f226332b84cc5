package dev.ss.bench.load;

import dev.ss.bench.measure.ProcessorTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private final URI server = Http.server(Http.freePort());
  private final Variant variant;
  private final ServerProcess process;
  private final String job;

  /** Starts the API in this empty directory, and submits a job that no worker runs. */
  LoadedApi(Variant variant, Path directory) {
    this.variant = variant;
    try {
      Path configuration =
          Files.writeString(
              directory.resolve("config.yml"),
              variant.configuration(Files.readString(Path.of("config.yml"))));
      process =
          new ServerProcess(
              "the API with metrics '%s'".formatted(variant.title()),
              command(configuration),
              environment(directory.resolve("ss.db")),
              directory.resolve("log"),
              () -> Http.get(server.resolve("/health/ready")).isPresent());
      job = submit();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
        "SS_API_PORT", Integer.toString(server.getPort()),
        "SS_BIND_HOST", "127.0.0.1",
        "SS_LOG_LEVEL", "WARN",
        "SS_DATABASE_URL", "jdbc:sqlite:" + database,
        "SS_DATABASE_USER", "",
        "SS_DATABASE_PASSWORD", "");
  }

  private String submit() throws IOException {
    HttpResponse<String> response =
        Http.send(
            HttpRequest.newBuilder(server.resolve("/v1/jobs"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"job_type\": \"word-count\", \"input\": \"\"}")));
    return response
        .headers()
        .firstValue("Location")
        .map(location -> URI.create(location).getPath())
        .orElseThrow(() -> process.failed("the API answered a job with " + response.body()));
  }

  URI uri(Load load) {
    return server.resolve(load.path(job));
  }

  /** Returns the address for a scrape configuration. */
  String target() {
    return server.getAuthority();
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
      throw process.failed(
          "%d of %d requests failed: '%s' with metrics '%s'"
              .formatted(summary.failures(), summary.requests(), load.title(), variant.title()));
    }
    return LoadFigures.of(summary, cpuSeconds);
  }

  @Override
  public void close() {
    process.close();
  }
}
