package dev.ss.testkit.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs programs of the operating system. */
public final class Shell {
  private static final long LIMIT_SECONDS = 120;

  private Shell() {}

  /**
   * Runs a program to its end.
   *
   * @throws IllegalStateException if the program fails; the message has its output
   */
  public static void run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      byte[] said = process.getInputStream().readAllBytes();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException(
            command.get(0) + " failed: " + new String(said, StandardCharsets.UTF_8).strip());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Sends a signal to a process. */
  public static void signal(String name, long pid) {
    run(List.of("kill", "-" + name, Long.toString(pid)));
  }

  /** Returns whether a program of this name is on the PATH. */
  public static boolean isInstalled(String program) {
    return Stream.of(
            Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator, -1))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  /** Returns whether this program runs as root. */
  public static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }
}
