package dev.ss.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL for the time of a test class. */
public final class PostgresServer implements AutoCloseable {
  private static final String USER = "postgres";

  private final EmbeddedPostgres server;
  private final AtomicInteger databases = new AtomicInteger();

  private PostgresServer(EmbeddedPostgres server) {
    this.server = server;
  }

  /** Starts one on a free port, which takes a second or two. */
  public static PostgresServer start() {
    try {
      return new PostgresServer(EmbeddedPostgres.builder().start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Creates a database without any tables. */
  public DatabaseSettings newDatabase() throws SQLException {
    String name = "ss_" + databases.incrementAndGet();
    execute("create database " + name);
    return settings(name, USER, "");
  }

  /** A database of this server, whether it exists or not. */
  public DatabaseSettings settings(String database, String user, String password) {
    String url = "jdbc:postgresql://localhost:%d/%s".formatted(server.getPort(), database);
    return new DatabaseSettings(
        url, user, password, 4, 4, TestStore.CONNECT_TIMEOUT, TestStore.PATIENCE);
  }

  /** Creates a user who has to give a password; by itself this server believes everybody. */
  public void createUser(String name, String password) throws SQLException, IOException {
    execute("create role %s login password '%s'".formatted(name, password));
    Path rules = Path.of(query("show hba_file"));
    String rule = "host all %s all scram-sha-256%n".formatted(name);
    Files.writeString(rules, rule + Files.readString(rules));
    query("select pg_reload_conf()");
  }

  /** A connection of its administrator to a database. */
  Connection connect(DatabaseSettings settings) throws SQLException {
    return DriverManager.getConnection(settings.url(), USER, "");
  }

  /** From now on connections may be encrypted, with what is in these files. */
  void useTls(Path certificate, Path key) throws SQLException {
    execute("alter system set ssl_cert_file = '%s'".formatted(certificate));
    execute("alter system set ssl_key_file = '%s'".formatted(key));
    execute("alter system set ssl = on");
    query("select pg_reload_conf()");
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  /** As the server's administrator. */
  void execute(String sql) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The one value that it gives to its administrator. */
  String query(String sql) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }
}
