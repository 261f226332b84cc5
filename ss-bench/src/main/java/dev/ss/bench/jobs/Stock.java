package dev.ss.bench.jobs;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;

/**
 * Copies rows that were stored once in the regular way, so that a long queue is made in seconds.
 */
final class Stock {
  private final Storage.Place place;

  Stock(Storage.Place place) {
    this.place = place;
  }

  /**
   * Copies of the row that has this key.
   *
   * @param table the table
   * @param keyColumn the column that distinguishes the copies
   * @param key the key of the row to copy
   * @param copyKey the key of each copy, from its number
   */
  record Copies(String table, String keyColumn, String key, IntFunction<String> copyKey) {}

  void multiply(int count, List<Copies> copies) {
    try (Connection connection = place.connect()) {
      connection.setAutoCommit(false);
      for (Copies each : copies) {
        insert(connection, each, row(connection, each), count);
      }
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    place.settle();
  }

  private record Row(List<String> columns, List<Object> values) {}

  private static Row row(Connection connection, Copies copies) throws SQLException {
    String sql = "select * from %s where %s = ?".formatted(copies.table(), copies.keyColumn());
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, copies.key());
      try (ResultSet found = query.executeQuery()) {
        found.next();
        Row row = new Row(new ArrayList<>(), new ArrayList<>());
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
          row.columns().add(found.getMetaData().getColumnName(i));
          row.values().add(found.getObject(i));
        }
        return row;
      }
    }
  }

  private static void insert(Connection connection, Copies copies, Row row, int count)
      throws SQLException {
    String sql =
        "insert into %s (%s) values (%s)"
            .formatted(
                copies.table(),
                String.join(", ", row.columns()),
                String.join(", ", Collections.nCopies(row.columns().size(), "?")));
    int key = row.columns().indexOf(copies.keyColumn());
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (int copy = 0; copy < count; copy++) {
        for (int i = 0; i < row.columns().size(); i++) {
          insert.setObject(i + 1, i == key ? copies.copyKey().apply(copy) : row.values().get(i));
        }
        insert.addBatch();
        if (copy % 1000 == 999) {
          insert.executeBatch();
        }
      }
      insert.executeBatch();
    }
  }

  /** Returns ids that follow this one in ascending order, as the ids of later jobs do. */
  static IntFunction<String> after(UUID id) {
    String prefix = id.toString().substring(0, 24);
    return n -> prefix + "%012x".formatted(n);
  }

  /** Returns how many rows of a table meet a condition. */
  long count(String table, String condition) {
    return Long.parseLong(one("select count(*) from %s where %s".formatted(table, condition)));
  }

  /** Returns the key that half of the keys are below. */
  String middle(String table, String key) {
    return one(
        "select %2$s from %1$s order by %2$s limit 1 offset (select count(*) / 2 from %1$s)"
            .formatted(table, key));
  }

  /** Returns the single value of a query. */
  String one(String sql) {
    try (Connection connection = place.connect();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      found.next();
      return found.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
