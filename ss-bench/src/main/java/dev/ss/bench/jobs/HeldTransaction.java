package dev.ss.bench.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A transaction that sees what there was at its begin, so that the server keeps all of that. */
final class HeldTransaction {
  /** The application name of its connection. */
  static final String NAME = "held transaction";

  private final Storage.Place place;

  HeldTransaction(Storage.Place place) {
    this.place = place;
  }

  /** It is open while the work is done. */
  void during(Runnable work) {
    try (Connection connection = place.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("set application_name = '" + NAME + "'");
      statement.execute("begin isolation level repeatable read");
      statement.execute("select 1 from pg_class limit 1"); // from here on
      work.run();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
