package dev.ss.testkit.place;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** A PostgreSQL server with durable writes (fsync on), which can be stopped and started. */
public final class PostgresServer implements AutoCloseable {
  /** The superuser, who needs no password. */
  public static final String USER = "postgres";

  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final Path home;
  private final Path data;
  private final int port;
  private Optional<Process> process = Optional.empty();

  private PostgresServer(Path home, Path data, int port) {
    this.home = home;
    this.data = data;
    this.port = port;
  }

  /** How to stop the server. */
  public enum Stop {
    /** SIGINT, {@code pg_ctl -m fast}: rolls back transactions and closes connections. */
    FAST("INT"),
    /** SIGQUIT, {@code pg_ctl -m immediate}: like a power cut. */
    IMMEDIATE("QUIT");

    private final String signal;

    Stop(String signal) {
      this.signal = signal;
    }
  }

  /** Unpacks the server below this directory, creates a database cluster and starts it. */
  public static PostgresServer startIn(Path directory, int port) {
    PostgresServer server =
        new PostgresServer(
            directory.resolve("postgresql"), directory.resolve("postgresql-data"), port);
    // Leaves no process behind if the drills are interrupted.
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    unpack(server.home);
    Shell.run(
        server.command(
            "initdb",
            "-D",
            server.data.toString(),
            "-U",
            USER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C"));
    server.start();
    return server;
  }

  private static void unpack(Path home) {
    try (InputStream packed =
            DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
                "Linux", System.getProperty("os.arch"));
        TarArchiveInputStream archive = new TarArchiveInputStream(new XZInputStream(packed))) {
      for (TarArchiveEntry entry = archive.getNextEntry();
          entry != null;
          entry = archive.getNextEntry()) {
        unpack(entry, archive, home.resolve(entry.getName()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void unpack(TarArchiveEntry entry, InputStream content, Path file)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(file);
      return;
    }
    Files.createDirectories(file.getParent());
    if (entry.isSymbolicLink() || entry.isLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(content, file);
    if (file.getParent().endsWith("bin") && !file.toFile().setExecutable(true)) {
      throw new IOException(file + " cannot be made executable");
    }
  }

  /** PostgreSQL refuses to run as root, but runs as the user nobody of a user namespace. */
  private List<String> command(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (Shell.isRoot()) {
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(home.resolve("bin").resolve(program).toString());
    command.addAll(Arrays.asList(arguments));
    return command;
  }

  /** Starts the server on its existing data, and waits until it answers. */
  public synchronized void start() {
    List<String> command =
        command(
            "postgres",
            "-D",
            data.toString(),
            "-p",
            Integer.toString(port),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=",
            "-c",
            "max_connections=400",
            "-c",
            "track_commit_timestamp=on");
    try {
      process =
          Optional.of(
              new ProcessBuilder(command)
                  .redirectErrorStream(true)
                  .redirectOutput(
                      ProcessBuilder.Redirect.appendTo(
                          data.resolveSibling("postgresql.log").toFile()))
                  .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Waiting.until(() -> "PostgreSQL answers", LIMIT, this::answers);
  }

  private boolean answers() {
    try (Connection connection = connect("postgres")) {
      return connection.isValid(1);
    } catch (SQLException notYet) {
      return false;
    }
  }

  /** Stops the server and waits for its end. */
  public synchronized void stop(Stop how) {
    Process running = process.orElseThrow();
    process = Optional.empty();
    Shell.signal(how.signal, running.pid());
    try {
      if (!running.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("PostgreSQL does not stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Returns the port on which the server listens. */
  public int port() {
    return port;
  }

  /** Creates an empty database. */
  public void create(String database) {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + database);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Opens a connection for the drill itself. */
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:%d/%s?connectTimeout=5&socketTimeout=60"
            .formatted(port, database),
        USER,
        "");
  }

  @Override
  public synchronized void close() {
    if (process.isPresent()) {
      stop(Stop.IMMEDIATE);
    }
  }
}
