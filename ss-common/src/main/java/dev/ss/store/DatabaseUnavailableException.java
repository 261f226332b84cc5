package dev.ss.store;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/**
 * The database cannot be used: as configured, or for now. The message is for the operator and never
 * contains the URL, which may carry a password.
 */
public final class DatabaseUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** PostgreSQL's serialization_failure and deadlock_detected. */
  private static final Set<String> LOST_TO_ANOTHER = Set.of("40001", "40P01");

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
        return explaining(sql.getSQLState(), failure);
      }
    }
    return new DatabaseUnavailableException(
        "it cannot be used (" + rootName(failure) + ")", failure);
  }

  private static DatabaseUnavailableException explaining(String sqlState, Throwable failure) {
    // A failure to connect quotes the URL, and one in the wrong place its password as well.
    return connecting(sqlState)
        .map(reason -> new DatabaseUnavailableException(reason(reason, sqlState)))
        .orElseGet(
            () ->
                new DatabaseUnavailableException(reason("the server refuses", sqlState), failure));
  }

  /** Whether the same transaction may well succeed when it is tried again. */
  boolean isLostToAnotherTransaction() {
    for (Throwable cause = getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql
          && sql.getSQLState() != null
          && LOST_TO_ANOTHER.contains(sql.getSQLState())) {
        return true;
      }
    }
    return false;
  }

  private static String rootName(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName();
  }

  /** See PostgreSQL's manual, appendix A, for the codes. */
  private static Optional<String> connecting(String sqlState) {
    return switch (sqlState) {
      case "08001", "08004", "08006" -> Optional.of("nothing answers there");
      case "28000", "28P01" -> Optional.of("user or password are refused");
      case "3D000" -> Optional.of("the server has no database of that name");
      default -> Optional.empty();
    };
  }

  private static String reason(String reason, String sqlState) {
    return "%s (SQLState %s)".formatted(reason, sqlState);
  }
}
