package dev.ss.bench.jobs;

import dev.ss.testkit.client.Answer;
import dev.ss.testkit.client.Http;
import dev.ss.testkit.process.Directories;
import dev.ss.testkit.process.ManagedProcess;
import dev.ss.testkit.process.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One of SS's two processes, started as an operator starts it, on a free port. */
final class OwnProcess implements AutoCloseable {
  /** The job type whose output is its input. */
  static final String CAT = "cat";

  private static final long START_LIMIT_NANOS = 60_000_000_000L;

  private final ManagedProcess process;
  private final int port;
  private final Http http;
  private final Path directory;
  private final double secondsToStart;

  private OwnProcess(
      Plan plan, Storage.Place place, String name, String ready, List<String> jvmOptions) {
    port = new Ports().free();
    http = new Http(port);
    try {
      directory = Files.createTempDirectory(plan.directory(), name);
      Files.writeString(directory.resolve("config.yml"), config(place, port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    long begin = System.nanoTime();
    process =
        ManagedProcess.start(
            directory, directory.resolve("log"), Map.of(), command(plan, name, jvmOptions));
    Waiting.until(() -> answers(ready), START_LIMIT_NANOS, process::log);
    secondsToStart = (System.nanoTime() - begin) / 1e9;
  }

  static OwnProcess api(Plan plan, Storage.Place place, String... jvmOptions) {
    return new OwnProcess(plan, place, "ss-api", "/health/ready", List.of(jvmOptions));
  }

  static OwnProcess worker(Plan plan, Storage.Place place, String... jvmOptions) {
    return new OwnProcess(plan, place, "ss-worker", "/metrics", List.of(jvmOptions));
  }

  private static List<String> command(Plan plan, String name, List<String> jvmOptions) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    String jar = plan.jars().resolve(name + "/target/" + name + ".jar").toAbsolutePath().toString();
    command.addAll(List.of("-jar", jar, "server", "config.yml"));
    return command;
  }

  /** Both processes read the whole file; each uses only its own port. */
  private static String config(Storage.Place place, int port) {
    return """
    api: {connector: {type: http, port: %1$d}}
    worker: {id: bench, connector: {type: http, port: %1$d}, lastScrapeWait: 0s, workDirectory: work}
    database: {url: "%2$s", user: "%3$s"}
    jobTypes:
      %4$s: {command: [/bin/true], maxAttempts: 3}
      %5$s: {command: [cat]}
    logging: {level: WARN}
    """
        .formatted(port, place.section().url(), place.section().user(), OurApi.JOB_TYPE, CAT);
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

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  Answer get(String path) {
    return http.get(path);
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
