package dev.ss.bench.jobs;

import dev.ss.config.DatabaseSection;
import dev.ss.testkit.postgres.PostgresServer;
import dev.ss.testkit.process.Directories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A kind of database. Every run gets an empty database. */
sealed interface Storage {
  /** Returns the name in the tables of results. */
  String name();

  /** Creates an empty database. */
  Place create();

  /** The database of one run; closing removes it. */
  interface Place extends AutoCloseable {
    /** Returns the section for config.yml. */
    DatabaseSection section();

    /** Opens a connection outside any pool, for the preparation. */
    Connection connect() throws SQLException;

    /** Returns the URI of a PostgreSQL database, as libpq reads it. */
    default URI uri() {
      return URI.create(
          section().url().replace("jdbc:postgresql://", "postgres://" + section().user() + "@"));
    }

    /** Does now what the server would do by itself sooner or later. */
    void settle();

    @Override
    void close();
  }

  /** SQLite files in a directory. */
  record Sqlite(Path directory) implements Storage {
    @Override
    public String name() {
      return "SQLite";
    }

    @Override
    public Place create() {
      try {
        Path file = Files.createTempDirectory(directory, "sqlite").resolve("ss.db");
        return new File(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private record File(Path file) implements Place {
      @Override
      public DatabaseSection section() {
        return new DatabaseSection("jdbc:sqlite:" + file, null, null, null, null);
      }

      @Override
      public Connection connect() throws SQLException {
        return DriverManager.getConnection(section().url() + "?busy_timeout=10000");
      }

      @Override
      public void settle() {
        // SQLite does nothing by itself
      }

      @Override
      public void close() {
        Directories.delete(file.getParent());
      }
    }
  }

  /**
   * Databases of a PostgreSQL server.
   *
   * @param url the URL up to and including the slash before the database's name
   */
  record Postgres(String url, String user, AtomicInteger created) implements Storage {
    Postgres(String url, String user) {
      this(url, user, new AtomicInteger());
    }

    static Postgres of(PostgresServer server) {
      return new Postgres(
          "jdbc:postgresql://127.0.0.1:%d/".formatted(server.port()), PostgresServer.USER);
    }

    @Override
    public String name() {
      return "PostgreSQL";
    }

    @Override
    public Place create() {
      String database = "bench_" + created.incrementAndGet();
      administer("create database " + database);
      return existing(database);
    }

    private Place existing(String database) {
      return new OfServer(this, database);
    }

    /** Returns a database that exists already, by its {@link Place#uri}. */
    static Place at(URI uri) {
      return new Postgres(
              "jdbc:postgresql://%s:%d/".formatted(uri.getHost(), uri.getPort()), uri.getUserInfo())
          .existing(uri.getPath().substring(1));
    }

    private void administer(String sql) {
      try (Connection connection = DriverManager.getConnection(url + "postgres", user, "");
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    private record OfServer(Postgres server, String database) implements Place {
      @Override
      public DatabaseSection section() {
        return new DatabaseSection(server.url + database, server.user, "", null, null);
      }

      @Override
      public Connection connect() throws SQLException {
        return DriverManager.getConnection(server.url + database, server.user, "");
      }

      @Override
      public void settle() {
        try (Connection connection = connect();
            Statement statement = connection.createStatement()) {
          statement.execute("vacuum analyze");
          statement.execute("checkpoint");
        } catch (SQLException e) {
          throw new IllegalStateException(e);
        }
      }

      @Override
      public void close() {
        server.administer("drop database " + database + " with (force)");
      }
    }
  }
}
