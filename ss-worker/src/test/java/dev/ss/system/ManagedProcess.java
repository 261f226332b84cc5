package dev.ss.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.sqlite.SQLiteErrorCode;

/** A process a test has started, and its log. It does not outlive the test. */
final class ManagedProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Path log;

  private ManagedProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static ManagedProcess start(
      Path directory, Path log, Map<String, String> environment, List<String> command) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      builder.environment().putAll(environment);
      return new ManagedProcess(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void awaitLog(String text) {
    Awaitility.await("\"" + text + "\" in " + log.getFileName())
        .atMost(PATIENCE)
        .until(() -> log().contains(text));
  }

  void signal(String name) {
    try {
      int killed = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
      assertThat(killed).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Not in the midst of a write: SQLite's lock would be frozen with it, and everybody wait. */
  void freeze(Path database) {
    Awaitility.await()
        .until(
            () -> {
              signal("STOP");
              if (!nobodyWritesTo(database)) {
                signal("CONT");
                return false;
              }
              return true;
            });
  }

  private static boolean nobodyWritesTo(Path database) throws SQLException {
    String url = "jdbc:sqlite:" + database + "?busy_timeout=0";
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("begin immediate");
      statement.execute("rollback");
      return true;
    } catch (SQLException e) {
      if (e.getErrorCode() != SQLiteErrorCode.SQLITE_BUSY.code) {
        throw e;
      }
      return false;
    }
  }

  /** Waits until the process ends by itself. */
  int awaitExit() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("still running:\n" + log());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** SIGTERM, and what came of it. */
  int terminate() {
    process.destroy();
    return awaitExit();
  }

  /** SIGTERM, without waiting. */
  void askToStop() {
    process.destroy();
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly();
    awaitExit();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    kill();
  }
}
