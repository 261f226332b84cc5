package dev.ss.store;

import java.sql.SQLException;

/** Makes failures that are defects of SS safe to log with their stack traces. */
final class Defects {
  /** The SQLState class of PostgreSQL's data exceptions, whose messages quote the wrong value. */
  private static final String DATA_EXCEPTION = "22";

  private Defects() {}

  /** Returns the failure itself, or one without its message if that may quote stored data. */
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
