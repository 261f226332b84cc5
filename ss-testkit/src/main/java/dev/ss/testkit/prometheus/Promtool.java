package dev.ss.testkit.prometheus;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Prometheus's own checker. */
public final class Promtool {
  /** Testing the rules takes it seconds of processor time. */
  private static final int LIMIT_MINUTES = 10;

  private Promtool() {}

  /** What promtool printed, and its exit status. */
  public record Judgement(int exitCode, String said) {
    private Judgement orFail() {
      if (exitCode != 0) {
        throw new AssertionError("promtool ends with %d: %s".formatted(exitCode, said));
      }
      return this;
    }
  }

  /** Runs promtool with this standard input. */
  public static Judgement run(byte[] input, String... arguments) {
    try {
      Path said = Files.createTempFile("promtool", ".txt");
      Process promtool =
          new ProcessBuilder(Stream.concat(Stream.of("promtool"), Stream.of(arguments)).toList())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      try {
        give(input, promtool.getOutputStream());
        if (!promtool.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
          throw new AssertionError("promtool does not end");
        }
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

  /** Writes the input; promtool stops reading at the first error. */
  private static void give(byte[] input, OutputStream process) {
    try (process) {
      process.write(input);
    } catch (IOException closed) {
      return;
    }
  }

  /**
   * Runs promtool without input.
   *
   * @throws AssertionError if promtool does not approve
   */
  public static void check(String... arguments) {
    run(new byte[0], arguments).orFail();
  }

  /**
   * Returns what {@code promtool check metrics} says about a scrape; nothing if all is well.
   *
   * @throws AssertionError if promtool does not approve
   */
  public static String checkMetrics(byte[] scrape) {
    return run(scrape, "check", "metrics").orFail().said();
  }
}
