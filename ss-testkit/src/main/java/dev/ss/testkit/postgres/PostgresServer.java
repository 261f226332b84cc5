package dev.ss.testkit.postgres;

import dev.ss.testkit.process.Directories;
import dev.ss.testkit.process.ManagedProcess;
import dev.ss.testkit.process.Ports;
import dev.ss.testkit.process.Shell;
import dev.ss.testkit.process.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL server with a cluster of its own, which can be stopped and started. */
public final class PostgresServer implements AutoCloseable {
  /** The superuser, who needs no password. */
  public static final String USER = "postgres";

  private static final Duration START_LIMIT = Duration.ofMinutes(1);
  private static final List<String> NOT_DURABLE =
      List.of("fsync=off", "synchronous_commit=off", "full_page_writes=off");

  private final Path directory;
  private final int port;
  private final List<String> settings;
  private final boolean temporary;
  private final Path programs = PostgresPrograms.directory();
  private final AtomicInteger databases = new AtomicInteger();
  private Optional<ManagedProcess> process = Optional.empty();

  private PostgresServer(Path directory, int port, List<String> settings, boolean temporary) {
    this.directory = directory;
    this.port = port;
    this.settings = settings;
    this.temporary = temporary;
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

  /**
   * Starts a server with durable writes (fsync on), and its cluster below this directory.
   *
   * @param settings such as {@code track_commit_timestamp=on}
   */
  public static PostgresServer startIn(Path directory, int port, String... settings) {
    return begin(new PostgresServer(directory, port, List.of(settings), false));
  }

  /** Starts a server with fast writes, whose cluster is deleted when it is closed. */
  public static PostgresServer temporary() {
    try {
      return begin(
          new PostgresServer(
              Files.createTempDirectory("ss-postgresql"), new Ports().free(), NOT_DURABLE, true));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PostgresServer begin(PostgresServer server) {
    // Leaves neither a process nor files behind if the tests or drills are interrupted.
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    List<String> initdb =
        new ArrayList<>(
            server.command(
                "initdb",
                "-D",
                server.data().toString(),
                "-U",
                USER,
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C"));
    if (server.temporary) {
      initdb.add("--no-sync");
    }
    Shell.run(initdb);
    server.start();
    return server;
  }

  private Path data() {
    return directory.resolve("postgresql-data");
  }

  /** PostgreSQL refuses to run as root, but runs as the user nobody of a user namespace. */
  private List<String> command(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (Shell.isRoot()) {
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(programs.resolve(program).toString());
    command.addAll(Arrays.asList(arguments));
    return command;
  }

  /** Starts the server on its existing data, and waits until it answers. */
  public synchronized void start() {
    List<String> command =
        new ArrayList<>(
            command(
                "postgres",
                "-D",
                data().toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "timezone=UTC",
                "-c",
                "max_connections=400"));
    settings.forEach(setting -> command.addAll(List.of("-c", setting)));
    Path log = directory.resolve("postgresql.log");
    process = Optional.of(ManagedProcess.start(directory, log, Map.of(), command));
    Waiting.until(() -> "PostgreSQL answers", START_LIMIT, this::answers);
  }

  private boolean answers() {
    try (Connection connection = connect(USER)) {
      return connection.isValid(1);
    } catch (SQLException notYet) {
      return false;
    }
  }

  /** Stops the server and waits for its end. */
  public synchronized void stop(Stop how) {
    ManagedProcess running = process.orElseThrow();
    process = Optional.empty();
    running.signal(how.signal);
    running.awaitExit();
  }

  /** Returns the port on which the server listens. */
  public int port() {
    return port;
  }

  /** Returns the JDBC URL of a database. */
  public String url(String database) {
    return "jdbc:postgresql://localhost:%d/%s".formatted(port, database);
  }

  /** Creates an empty database. */
  public void create(String database) {
    execute("create database " + database);
  }

  /** Creates an empty database and returns its name. */
  public String newDatabase() {
    String name = "ss_" + databases.incrementAndGet();
    create(name);
    return name;
  }

  /** Creates a user who needs a password, unlike the superuser. */
  public void createUser(String name, String password) throws IOException {
    execute("create role %s login password '%s'".formatted(name, password));
    Path rules = data().resolve("pg_hba.conf");
    String rule = "host all %s all scram-sha-256%n".formatted(name);
    Files.writeString(rules, rule + Files.readString(rules));
    reload();
  }

  /** Lets clients encrypt their connections from now on. */
  public void useTls(Path certificate, Path key) {
    execute("alter system set ssl_cert_file = '%s'".formatted(certificate));
    execute("alter system set ssl_key_file = '%s'".formatted(key));
    execute("alter system set ssl = on");
    reload();
  }

  /** Makes the server read its configuration again, soon after this returns. */
  public void reload() {
    query("select pg_reload_conf()");
  }

  /** Executes a statement as the superuser, in the database {@code postgres}. */
  public void execute(String sql) {
    try (Connection connection = connect(USER);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the first value of a query as the superuser, in the database {@code postgres}. */
  public String query(String sql) {
    try (Connection connection = connect(USER);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Opens a connection of the superuser. */
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        url(database) + "?connectTimeout=5&socketTimeout=60", USER, "");
  }

  /** Stops the server at once, if it runs. */
  @Override
  public synchronized void close() {
    if (process.isPresent()) {
      stop(Stop.IMMEDIATE);
    }
    if (temporary && Files.exists(directory)) {
      Directories.delete(directory);
    }
  }
}
