package dev.ss.api.support;

import static org.awaitility.Awaitility.await;

import dev.ss.api.ApiApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The API in a process of its own, from its main class. */
public final class ApiProcess implements AutoCloseable {
  private static final long BOUND_AGAINST_HANGING_SECONDS = 60;

  private final Process process;
  private final Path output;

  private ApiProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts it with a config.yml of this content in this directory. */
  public static ApiProcess start(Path directory, String config, Map<String, String> environment)
      throws IOException {
    Files.writeString(directory.resolve("config.yml"), config);
    return startWith(directory, "config.yml", environment);
  }

  /** Starts it with a file of this name, be it there or not. */
  public static ApiProcess startWith(
      Path directory, String configFile, Map<String, String> environment) throws IOException {
    Path output = directory.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ApiApplication.class.getName(),
                "server",
                configFile));
    builder.environment().keySet().removeIf(name -> name.startsWith("SS_"));
    builder.environment().putAll(environment);
    builder.directory(directory.toFile());
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    return new ApiProcess(builder.start(), output);
  }

  /** Waits for the end. */
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(BOUND_AGAINST_HANGING_SECONDS, TimeUnit.SECONDS)) {
      close();
      throw new AssertionError("the process does not end; it said: " + output());
    }
    return process.exitValue();
  }

  public void awaitOutput(String text) {
    await()
        .atMost(Duration.ofSeconds(BOUND_AGAINST_HANGING_SECONDS))
        .until(() -> output().contains(text));
  }

  /** What a supervisor does. */
  public void terminate() {
    process.destroy();
  }

  public String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
