package dev.ss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Prometheus and its promtool, on machines that have them. */
public final class PrometheusTools {
  /** Testing the rules takes it seconds of processor time. */
  private static final int PATIENCE_MINUTES = 10;

  private PrometheusTools() {}

  /**
   * Skips the test where Prometheus is missing, unless SS_REQUIRE_PROMETHEUS says it must be there.
   */
  public static void assumeInstalled() {
    boolean installed = isInstalled("prometheus") && isInstalled("promtool");
    if (Boolean.parseBoolean(System.getenv("SS_REQUIRE_PROMETHEUS"))) {
      assertThat(installed).as("prometheus and promtool are on the PATH").isTrue();
    }
    assumeTrue(
        installed,
        "SKIPPED: prometheus and promtool are not on the PATH; install Debian's package prometheus");
  }

  /** What promtool said, and the exit code it ended with. */
  public record Judgement(int exitCode, String said) {}

  /** Runs promtool on what it reads from its standard input. */
  public static Judgement promtool(byte[] input, String... arguments) {
    try {
      Path said = Files.createTempFile("promtool", ".txt");
      Process promtool =
          new ProcessBuilder(Stream.concat(Stream.of("promtool"), Stream.of(arguments)).toList())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      try {
        give(input, promtool.getOutputStream());
        assertThat(promtool.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
        return new Judgement(promtool.exitValue(), Files.readString(said));
      } finally {
        promtool.destroyForcibly();
        Files.delete(said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What is wrong early on, promtool says without reading on. */
  private static void give(byte[] input, OutputStream process) {
    try (process) {
      process.write(input);
    } catch (IOException closed) {
      return;
    }
  }

  /** What {@code promtool check metrics} has to say about a scrape; nothing if all is well. */
  public static String checkMetrics(byte[] scrape) {
    Judgement judgement = promtool(scrape, "check", "metrics");
    assertThat(judgement.exitCode()).as(judgement.said()).isZero();
    return judgement.said();
  }

  private static boolean isInstalled(String program) {
    return Arrays.stream(Objects.requireNonNullElse(System.getenv("PATH"), "").split(":", -1))
        .anyMatch(directory -> new File(directory, program).canExecute());
  }
}
