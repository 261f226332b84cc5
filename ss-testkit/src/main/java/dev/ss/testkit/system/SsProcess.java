package dev.ss.testkit.system;

import dev.ss.testkit.client.Answer;
import dev.ss.testkit.client.Http;
import dev.ss.testkit.exposition.Scrape;
import dev.ss.testkit.process.ManagedProcess;
import dev.ss.testkit.process.Uptime;
import dev.ss.testkit.process.Waiting;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An API or worker process, started as an operator starts it. */
public final class SsProcess {
  private static final Duration UP_LIMIT = Duration.ofMinutes(3);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);
  private static final int LAST_LINES = 5;

  /** Many processes share the machine, and few live long enough for the second compiler. */
  private static final List<String> QUICK_START =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private final Kind kind;
  private final String name;
  private final int port;
  private final ManagedProcess process;
  private final Http http;
  private volatile boolean frozen;
  private volatile Optional<TimedScrape> lastScrape = Optional.empty();
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

    Path jar(Path repository) {
      return repository.resolve(module + "/target/" + module + ".jar").toAbsolutePath();
    }

    List<String> command(Path jar, List<String> jvmOptions) {
      return Stream.of(
              List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
              QUICK_START,
              jvmOptions,
              List.of("-jar", jar.toString(), "server", "config.yml"))
          .flatMap(List::stream)
          .toList();
    }
  }

  private SsProcess(Kind kind, String name, int port, ManagedProcess process, HttpClient http) {
    this.kind = kind;
    this.name = name;
    this.port = port;
    this.process = process;
    this.http = new Http(http, uri("/"), ANSWER_LIMIT);
  }

  /**
   * Starts a process and does not wait for it.
   *
   * @param directory the directory of {@code config.yml}
   * @param repository the directory of {@code ss-api/target} and {@code ss-worker/target}
   */
  public static SsProcess start(
      Kind kind,
      String name,
      int port,
      Path directory,
      Path repository,
      Map<String, String> environment,
      HttpClient http) {
    Path classes = new ClassArchive(kind, repository).upToDate();
    List<String> command =
        kind.command(kind.jar(repository), List.of("-XX:SharedArchiveFile=" + classes));
    return start(kind, name, port, directory, command, environment, http);
  }

  static SsProcess start(
      Kind kind,
      String name,
      int port,
      Path directory,
      List<String> command,
      Map<String, String> environment,
      HttpClient http) {
    ManagedProcess process =
        ManagedProcess.start(directory, directory.resolve(name + ".log"), environment, command);
    return new SsProcess(kind, name, port, process, http);
  }

  /** Returns whether it is an API or a worker. */
  public Kind kind() {
    return kind;
  }

  /** Returns the process's name, which it keeps when it is started again. */
  public String name() {
    return name;
  }

  /** Returns the process itself, without what is known of it as a part of SS. */
  public ManagedProcess process() {
    return process;
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
    Waiting.until(() -> name + " is up", UP_LIMIT, () -> !isAlive() || answers());
    if (!isAlive()) {
      throw new IllegalStateException(name + " has ended:\n" + logEnd());
    }
  }

  private boolean answers() {
    return get(kind.sign).isPresent();
  }

  /** Returns the answer, if there is one and it is a 200. */
  private Optional<Answer> get(String path) {
    try {
      return Optional.of(http.get(path)).filter(answer -> answer.status() == 200);
    } catch (UncheckedIOException noAnswer) {
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
        .map(answer -> new TimedScrape(Scrape.parse(answer.text()), at))
        .ifPresent(scrape -> lastScrape = Optional.of(scrape));
  }

  /** Returns the last successful scrape. */
  public Optional<TimedScrape> lastScrape() {
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
    discard();
  }

  /** Sends SIGKILL without a scrape, when the counts no longer matter. */
  public void discard() {
    process.kill();
    endedAt = Optional.of(Uptime.seconds());
  }

  /** Sends SIGTERM and returns the exit status. */
  public int terminate() {
    int status = process.terminate();
    endedAt = Optional.of(Uptime.seconds());
    return status;
  }

  /** Sends SIGSTOP. */
  public void freeze() {
    frozen = true;
    process.signal("STOP");
  }

  /** Sends SIGCONT. */
  public void thaw() {
    process.signal("CONT");
    frozen = false;
  }

  /** Returns how many lines of the log contain these words, over all processes of this name. */
  public long logged(String words) {
    return process.log().lines().filter(line -> line.contains(words)).count();
  }

  private String logEnd() {
    List<String> lines = process.log().lines().toList();
    return lines.stream()
        .skip(Math.max(0, lines.size() - LAST_LINES))
        .collect(Collectors.joining("\n"));
  }
}
