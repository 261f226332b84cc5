package dev.ss.bench.jobs;

import dev.ss.testkit.client.Answer;
import dev.ss.testkit.client.Http;
import dev.ss.testkit.process.Directories;
import dev.ss.testkit.process.ManagedProcess;
import dev.ss.testkit.process.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One of SS's two processes, started as an operator starts it, on a free port. */
final class OwnProcess implements AutoCloseable {
  private static final long START_LIMIT_NANOS = 60_000_000_000L;

  private final ManagedProcess process;
  private final Http http;
  private final Path directory;
  private final double secondsToStart;

  private OwnProcess(Plan plan, Storage.Place place, String name, String ready) {
    int port = new Ports().free();
    http = new Http(port);
    try {
      directory = Files.createTempDirectory(plan.directory(), name);
      Files.writeString(directory.resolve("config.yml"), config(place, port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    long begin = System.nanoTime();
    process =
        ManagedProcess.start(directory, directory.resolve("log"), Map.of(), command(plan, name));
    Waiting.until(() -> answers(ready), START_LIMIT_NANOS, process::log);
    secondsToStart = (System.nanoTime() - begin) / 1e9;
  }

  static OwnProcess api(Plan plan, Storage.Place place) {
    return new OwnProcess(plan, place, "ss-api", "/health/ready");
  }

  static OwnProcess worker(Plan plan, Storage.Place place) {
    return new OwnProcess(plan, place, "ss-worker", "/metrics");
  }

  private static List<String> command(Plan plan, String name) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-jar",
        plan.jars().resolve(name + "/target/" + name + ".jar").toAbsolutePath().toString(),
        "server",
        "config.yml");
  }

  /** Both processes read the whole file; each uses only its own port. */
  private static String config(Storage.Place place, int port) {
    return """
    api: {connector: {type: http, port: %1$d}}
    worker: {id: bench, connector: {type: http, port: %1$d}, lastScrapeWait: 0s, workDirectory: work}
    database: {url: "%2$s", user: "%3$s"}
    jobTypes:
      %4$s: {command: [/bin/true], maxAttempts: 3}
    logging: {level: WARN}
    """
        .formatted(port, place.section().url(), place.section().user(), OurApi.JOB_TYPE);
  }

  private boolean answers(String path) {
    if (!process.isAlive()) {
      throw new IllegalStateException("the process ended:\n" + process.log());
    }
    try {
      return http.get(path).status() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  /** Submits a job. */
  void submit() {
    Answer answer = http.submit(OurApi.BODY);
    if (answer.status() != 201) {
      throw new IllegalStateException(answer.toString());
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

  @Override
  public void close() {
    process.terminate();
    Directories.delete(directory);
  }
}
