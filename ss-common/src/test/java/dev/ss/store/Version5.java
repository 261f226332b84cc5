package dev.ss.store;

import dev.ss.testkit.postgres.PostgresServer;
import dev.ss.testkit.repository.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A database that SS 0.1.0 has left behind; {@code v5/README.md} says what is in it.
 *
 * @param ids the ids of its jobs by their names there
 */
record Version5(DatabaseSettings settings, Properties ids) {
  private static final Path ROLL_BACKS = Repository.root().resolve("ops/rollback");
  private static final Pattern LINE_FOR_THE_CLIENT = Pattern.compile("(?m)^[.\\\\].*$");
  private static final Pattern END_OF_STATEMENT = Pattern.compile(";\n");

  /** A copy in this directory. */
  static Version5 sqlite(Path directory) throws IOException {
    Path file = directory.resolve("ss.db");
    try (InputStream made = resource("sqlite.db")) {
      Files.copy(made, file);
    }
    return new Version5(TestStore.sqlite(file), properties("sqlite.properties"));
  }

  /** A copy on this server. */
  static Version5 postgresql(PostgresServer server) throws IOException, SQLException {
    Version5 copy =
        new Version5(TestStore.newDatabase(server), properties("postgresql.properties"));
    try (InputStream made = resource("postgresql.sql")) {
      copy.execute(new String(made.readAllBytes(), StandardCharsets.UTF_8));
    }
    return copy;
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(Version5.class.getResourceAsStream("v5/" + name), name);
  }

  private static Properties properties(String name) throws IOException {
    Properties properties = new Properties();
    try (InputStream made = resource(name)) {
      properties.load(made);
    }
    return properties;
  }

  /** The id of the job with this name. */
  UUID id(String name) {
    return UUID.fromString(Objects.requireNonNull(ids.getProperty(name), name));
  }

  /** Runs the script that takes it from this version back to version 5. */
  void rollBack() throws IOException, SQLException {
    boolean sqlite = settings.url().startsWith("jdbc:sqlite:");
    String script =
        LINE_FOR_THE_CLIENT
            .matcher(
                Files.readString(
                    ROLL_BACKS.resolve(sqlite ? "sqlite-11-to-5.sql" : "postgresql-11-to-5.sql")))
            .replaceAll("");
    if (sqlite) {
      execute(END_OF_STATEMENT.split(script));
    } else {
      execute(script);
    }
  }

  /** Executes these on one connection. */
  void execute(String... statements) throws SQLException {
    try (Connection connection = TestStore.connect(settings);
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  /** The rows that a query gives, to be compared. */
  List<Map<String, Object>> rows(String query) throws SQLException {
    try (Connection connection = TestStore.connect(settings);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      List<Map<String, Object>> rows = new ArrayList<>();
      while (result.next()) {
        rows.add(row(result));
      }
      return rows;
    }
  }

  private static Map<String, Object> row(ResultSet result) throws SQLException {
    Map<String, Object> row = new TreeMap<>();
    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
      Object value = result.getObject(i);
      row.put(
          result.getMetaData().getColumnLabel(i),
          value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value);
    }
    return row;
  }
}
