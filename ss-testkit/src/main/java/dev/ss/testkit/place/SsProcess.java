package dev.ss.testkit.place;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One life of an API or a worker: a process, started as an operator does. */
public final class SsProcess {
  private static final Duration UP_LIMIT = Duration.ofMinutes(3);
  private static final long EXIT_LIMIT_SECONDS = 120;
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);

  private final Kind kind;
  private final String name;
  private final int port;
  private final Path log;
  private final Process process;
  private final HttpClient http;
  private volatile boolean frozen;
  private volatile Optional<Scrape> lastScrape = Optional.empty();
  private volatile boolean killed;
  private volatile Optional<Double> endedAt = Optional.empty();

  /** Which of the two. */
  public enum Kind {
    API("ss-api", "/health/ready"),
    WORKER("ss-worker", "/metrics");

    private final String module;
    private final String sign;

    Kind(String module, String sign) {
      this.module = module;
      this.sign = sign;
    }
  }

  private SsProcess(Kind kind, String name, int port, Path log, Process process, HttpClient http) {
    this.kind = kind;
    this.name = name;
    this.port = port;
    this.log = log;
    this.process = process;
    this.http = http;
  }

  /**
   * Starts one and does not wait for it.
   *
   * @param directory with {@code config.yml}
   * @param jars with {@code ss-api/target} and {@code ss-worker/target}
   */
  public static SsProcess start(
      Kind kind,
      String name,
      int port,
      Path directory,
      Path jars,
      Map<String, String> environment,
      HttpClient http) {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx96m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-jar",
            jars.resolve(kind.module + "/target/" + kind.module + ".jar")
                .toAbsolutePath()
                .toString(),
            "server",
            "config.yml");
    Path log = directory.resolve(name + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      // Also when the drills are interrupted, nothing is left of them.
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      return new SsProcess(kind, name, port, log, process, http);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Which of the two it is. */
  public Kind kind() {
    return kind;
  }

  /** Its name, which its next life has too. */
  public String name() {
    return name;
  }

  /** Where it answers. */
  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** The id of the process. */
  public long pid() {
    return process.pid();
  }

  /** Whether it has not ended. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits until it answers that it is ready. */
  public void awaitUp() {
    Waiting.until(
        () -> name + " is up" + (isAlive() ? "" : "; it has ended:\n" + logEnd()),
        UP_LIMIT,
        () -> !isAlive() || answers());
    if (!isAlive()) {
      throw new IllegalStateException(name + " has ended:\n" + logEnd());
    }
  }

  private boolean answers() {
    return get(kind.sign).map(response -> response.statusCode() == 200).orElse(false);
  }

  private Optional<HttpResponse<String>> get(String path) {
    try {
      return Optional.of(
          http.send(
              HttpRequest.newBuilder(uri(path)).timeout(ANSWER_LIMIT).build(),
              BodyHandlers.ofString()));
    } catch (IOException noAnswer) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Scrapes it, if it answers. */
  public void scrape() {
    if (frozen || !isAlive()) {
      return;
    }
    double at = Uptime.seconds();
    get("/metrics")
        .filter(response -> response.statusCode() == 200)
        .ifPresent(response -> lastScrape = Optional.of(Scrape.parse(response.body(), at)));
  }

  /** What it said when it last answered. */
  public Optional<Scrape> lastScrape() {
    return lastScrape;
  }

  /** Whether it had no time to say what it had counted. */
  public boolean wasKilled() {
    return killed;
  }

  /** When it ended, in seconds of {@link Uptime}. */
  public Optional<Double> endedAt() {
    return endedAt;
  }

  /** SIGKILL, right after a scrape. */
  public void kill() {
    scrape();
    killed = true;
    process.destroyForcibly();
    awaitExit();
  }

  /** SIGKILL, when its numbers do not matter any more. */
  public void discard() {
    process.destroyForcibly();
    awaitExit();
  }

  /** SIGTERM, and what it ended with. */
  public int terminate() {
    process.destroy();
    awaitExit();
    return process.exitValue();
  }

  private void awaitExit() {
    try {
      if (!process.waitFor(EXIT_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(name + " does not end:\n" + logEnd());
      }
      endedAt = Optional.of(Uptime.seconds());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** SIGSTOP. */
  public void freeze() {
    frozen = true;
    Shell.signal("STOP", pid());
  }

  /** SIGCONT. */
  public void thaw() {
    Shell.signal("CONT", pid());
    frozen = false;
  }

  /** How many lines of the log, of all lives under this name, have these words. */
  public long logged(String words) {
    try (Stream<String> lines = Files.lines(log)) {
      return lines.filter(line -> line.contains(words)).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String logEnd() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    } catch (IOException e) {
      return "(no log)";
    }
  }
}
