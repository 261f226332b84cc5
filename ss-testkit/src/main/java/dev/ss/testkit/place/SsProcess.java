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

/** An API or worker process, started as an operator starts it. */
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

  /** API or worker. */
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
   * Starts a process and does not wait for it.
   *
   * @param directory the directory of {@code config.yml}
   * @param jars the directory of {@code ss-api/target} and {@code ss-worker/target}
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
      // Leaves no process behind if the drills are interrupted.
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      return new SsProcess(kind, name, port, log, process, http);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns whether it is an API or a worker. */
  public Kind kind() {
    return kind;
  }

  /** Returns the process's name, which it keeps when it is started again. */
  public String name() {
    return name;
  }

  /** Returns the URI of a path on this process. */
  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** Returns the process id. */
  public long pid() {
    return process.pid();
  }

  /** Returns whether the process is running. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits until the process answers that it is ready. */
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

  /** Scrapes the process, if it answers. */
  public void scrape() {
    if (frozen || !isAlive()) {
      return;
    }
    double at = Uptime.seconds();
    get("/metrics")
        .filter(response -> response.statusCode() == 200)
        .ifPresent(response -> lastScrape = Optional.of(Scrape.parse(response.body(), at)));
  }

  /** Returns the last successful scrape. */
  public Optional<Scrape> lastScrape() {
    return lastScrape;
  }

  /** Returns whether the process was killed, so that its last counts may be missing. */
  public boolean wasKilled() {
    return killed;
  }

  /** Returns when the process ended, in seconds of {@link Uptime}. */
  public Optional<Double> endedAt() {
    return endedAt;
  }

  /** Sends SIGKILL, right after a scrape. */
  public void kill() {
    scrape();
    killed = true;
    process.destroyForcibly();
    awaitExit();
  }

  /** Sends SIGKILL without a scrape, when the counts no longer matter. */
  public void discard() {
    process.destroyForcibly();
    awaitExit();
  }

  /** Sends SIGTERM and returns the exit status. */
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

  /** Sends SIGSTOP. */
  public void freeze() {
    frozen = true;
    Shell.signal("STOP", pid());
  }

  /** Sends SIGCONT. */
  public void thaw() {
    Shell.signal("CONT", pid());
    frozen = false;
  }

  /** Returns how many lines of the log contain these words, over all processes of this name. */
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
