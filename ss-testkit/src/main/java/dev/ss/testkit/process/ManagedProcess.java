package dev.ss.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A child process with its log. It does not outlive this JVM. */
public final class ManagedProcess implements AutoCloseable {
  private static final Duration LOG_LIMIT = Duration.ofMinutes(1);
  private static final Duration EXIT_LIMIT = Duration.ofMinutes(2);

  private final Process process;
  private final Path log;

  private ManagedProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a program and does not wait for anything.
   *
   * @param directory the working directory
   * @param log the file to which the process appends its standard output and error
   * @param environment variables besides the inherited ones; no variable of SS is inherited
   */
  public static ManagedProcess start(
      Path directory, Path log, Map<String, String> environment, List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("SS_"));
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      return new ManagedProcess(process, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the process id. */
  public long pid() {
    return process.pid();
  }

  /** Returns whether the process is running. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Returns everything in the log file, which earlier processes may have written to as well. */
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the log contains this text. */
  public void awaitLog(String text) {
    Waiting.until(
        () -> "\"%s\" in %s".formatted(text, log.getFileName()),
        LOG_LIMIT,
        () -> log().contains(text));
  }

  /** Sends a signal such as {@code CONT}. */
  public void signal(String name) {
    Shell.signal(name, pid());
  }

  /** Waits until the process ends by itself, and returns its exit status. */
  public int awaitExit() {
    try {
      if (!process.waitFor(EXIT_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("The process does not end. Its log:\n" + log());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Sends SIGTERM and does not wait. */
  public void askToStop() {
    process.destroy();
  }

  /** Sends SIGTERM and returns the exit status. */
  public int terminate() {
    askToStop();
    return awaitExit();
  }

  /** Sends SIGKILL and waits for the end. */
  public void kill() {
    process.destroyForcibly();
    awaitExit();
  }

  /** Sends SIGKILL to the process and all its descendants. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    kill();
  }
}
