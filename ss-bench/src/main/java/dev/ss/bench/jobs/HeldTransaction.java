package dev.ss.bench.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A transaction with a snapshot from its beginning, so that the server must keep all rows that were
 * visible then.
 */
final class HeldTransaction {
  /** The application name of its connection. */
  static final String NAME = "held transaction";

  private final Storage.Place place;

  HeldTransaction(Storage.Place place) {
    this.place = place;
  }

  /** Does the work while the transaction is open. */
  void during(Runnable work) {
    try (Connection connection = place.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("set application_name = '" + NAME + "'");
      statement.execute("begin isolation level repeatable read");
      statement.execute("select 1 from pg_class limit 1"); // takes the snapshot
      work.run();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
