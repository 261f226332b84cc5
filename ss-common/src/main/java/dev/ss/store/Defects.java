package dev.ss.store;

import java.sql.SQLException;

/** Failures of the database that are defects of SS, and are logged with their traces. */
final class Defects {
  /** PostgreSQL's data exceptions: its messages quote the value that is wrong. */
  private static final String DATA_EXCEPTION = "22";

  private Defects() {}

  /** The failure itself, unless its message may quote what is stored. */
  static RuntimeException fitForALog(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql
          && sql.getSQLState() != null
          && sql.getSQLState().startsWith(DATA_EXCEPTION)) {
        RuntimeException unquoting =
            new IllegalStateException(
                "the database refuses a value (SQLState %s)".formatted(sql.getSQLState()));
        unquoting.setStackTrace(failure.getStackTrace());
        return unquoting;
      }
    }
    return failure;
  }
}
