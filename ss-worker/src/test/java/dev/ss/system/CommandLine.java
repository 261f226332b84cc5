package dev.ss.system;

import dev.ss.testkit.process.Waiting;
import dev.ss.testkit.repository.BinSs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code bin/ss}, as a script calls it: without a terminal. */
final class CommandLine {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Path directory;
  private final String url;

  /**
   * @param directory for what goes in and comes out
   */
  CommandLine(Path directory, String url) {
    this.directory = directory;
    this.url = url;
  }

  /** What a call came to. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Called(int exitCode, byte[] bytes, String err) {
    String out() {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /** Calls it with this standard input, and waits for its end. */
  Called ss(byte[] input, String... arguments) {
    return start(input, arguments).await();
  }

  /** Calls it with this standard input, and does not wait. */
  Running start(byte[] input, String... arguments) {
    try {
      Path in = Files.write(Files.createTempFile(directory, "in", ""), input);
      Path out = Files.createTempFile(directory, "out", "");
      Path err = Files.createTempFile(directory, "err", "");
      List<String> command = new ArrayList<>();
      command.add(BinSs.built());
      command.addAll(List.of(arguments));
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("SS_"));
      builder.environment().put("SS_URL", url);
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      return new Running(builder.start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A call that has not ended yet. */
  record Running(Process process, Path out, Path errFile) {
    /** What it has written to standard error so far. */
    String err() {
      try {
        return Files.readString(errFile);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Waits until it has written this to standard error. */
    void awaitErr(String text) {
      Waiting.until(
          () -> "\"%s\" in:%n%s".formatted(text, err()), LIMIT, () -> err().contains(text));
    }

    Called await() {
      try {
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new AssertionError("ss does not end: " + err());
        }
        return new Called(process.exitValue(), Files.readAllBytes(out), err());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
