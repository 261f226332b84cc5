package dev.ss.testkit.system;

import dev.ss.testkit.postgres.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The database of one drill. */
public sealed interface Storage {
  /** Returns the database's name in the table of results. */
  String name();

  /**
   * Returns the URL for config.yml.
   *
   * @param client the name of the connecting process, where the database can distinguish its
   *     clients
   */
  String url(String client);

  /** Opens a connection for the drill itself. */
  Connection connect() throws SQLException;

  /** A SQLite file. */
  record Sqlite(Path file) implements Storage {
    @Override
    public String name() {
      return "SQLite";
    }

    @Override
    public String url(String client) {
      return "jdbc:sqlite:" + file;
    }

    @Override
    public Connection connect() throws SQLException {
      return DriverManager.getConnection(url("drill") + "?busy_timeout=20000");
    }
  }

  /** A database of a PostgreSQL server. */
  record Postgres(PostgresServer server, String database) implements Storage {
    @Override
    public String name() {
      return "PostgreSQL";
    }

    @Override
    public String url(String client) {
      return url(client, server.port());
    }

    /** Returns the URL through a proxy that listens on this port. */
    public String url(String client, int port) {
      return "jdbc:postgresql://127.0.0.1:%d/%s?ApplicationName=%s"
          .formatted(port, database, client);
    }

    @Override
    public Connection connect() throws SQLException {
      return server.connect(database);
    }
  }
}
