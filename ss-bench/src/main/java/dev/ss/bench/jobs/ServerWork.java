package dev.ss.bench.jobs;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The counters of a PostgreSQL server, for one of its databases where the server distinguishes
 * them.
 *
 * @param commits committed transactions; each connection adds one
 * @param deadlocks transactions that the server ended to resolve a deadlock
 * @param walBytes bytes of WAL
 * @param fullPages full-page images in the WAL, one for each page's first change after a checkpoint
 * @param syncs fsync calls for the WAL
 * @param deadRows rows updated or deleted, which autovacuum has to remove
 * @param bytes the size of the database
 */
record ServerWork(
    double commits,
    double deadlocks,
    double walBytes,
    double fullPages,
    double syncs,
    double deadRows,
    double bytes) {

  /**
   * Counts other sessions. A session keeps its own counts, and adds them to the totals at its end
   * at the latest.
   */
  private static final String OTHERS =
      "select count(*) from pg_stat_activity"
          + " where backend_type in ('client backend', 'autovacuum worker')"
          + " and datname = current_database() and pid <> pg_backend_pid()"
          + " and application_name <> '"
          + HeldTransaction.NAME
          + "'";

  private static final String WORK =
      """
      select xact_commit, deadlocks, pg_current_wal_lsn() - '0/0', wal_fpi, wal_sync,
        (select sum(n_tup_upd + n_tup_del) from pg_stat_user_tables),
        pg_database_size(current_database())
      from pg_stat_database, pg_stat_wal where datname = current_database()
      """;

  private static final long PATIENCE_NANOS = 30_000_000_000L;

  /** Reads the counters as soon as nothing but a held transaction is connected to the database. */
  static ServerWork soFar(Storage.Place place) {
    try (Connection connection = place.connect();
        Statement statement = connection.createStatement()) {
      Waiting.until(
          () -> number(statement, OTHERS) == 0, PATIENCE_NANOS, () -> "others are connected");
      try (ResultSet row = statement.executeQuery(WORK)) {
        row.next();
        return new ServerWork(
            row.getDouble(1),
            row.getDouble(2),
            row.getDouble(3),
            row.getDouble(4),
            row.getDouble(5),
            row.getDouble(6),
            row.getDouble(7));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the process id of the postmaster, the parent of all other server processes. */
  static long postmaster(Storage.Place place) {
    return Long.parseLong(
        new Stock(place).one("select split_part(pg_read_file('postmaster.pid'), chr(10), 1)"));
  }

  private static long number(Statement statement, String sql) {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  ServerWork since(ServerWork earlier) {
    return new ServerWork(
        commits - earlier.commits,
        deadlocks - earlier.deadlocks,
        walBytes - earlier.walBytes,
        fullPages - earlier.fullPages,
        syncs - earlier.syncs,
        deadRows - earlier.deadRows,
        bytes - earlier.bytes);
  }
}
