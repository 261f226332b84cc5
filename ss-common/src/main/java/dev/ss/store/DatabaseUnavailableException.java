package dev.ss.store;

import java.sql.SQLException;

/**
 * The database cannot be used: as configured, or for now. The message is for the operator and never
 * contains the URL, which may carry a password.
 */
public final class DatabaseUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DatabaseUnavailableException(String reason) {
    super(reason);
  }

  private DatabaseUnavailableException(String reason, Throwable cause) {
    super(reason, cause);
  }

  /** Explains what the database driver or the migration library ran into. */
  static DatabaseUnavailableException explaining(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return new DatabaseUnavailableException(reason(sql.getSQLState()), failure);
      }
    }
    return new DatabaseUnavailableException(
        "it cannot be used (" + rootName(failure) + ")", failure);
  }

  private static String rootName(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName();
  }

  /** See PostgreSQL's manual, appendix A, for the codes. */
  private static String reason(String sqlState) {
    return switch (sqlState) {
      case "08001", "08004", "08006" -> "nothing answers there (SQLState " + sqlState + ")";
      case "28000", "28P01" -> "user or password are refused (SQLState " + sqlState + ")";
      case "3D000" -> "the server has no database of that name (SQLState 3D000)";
      default -> "the server refuses (SQLState " + sqlState + ")";
    };
  }
}
