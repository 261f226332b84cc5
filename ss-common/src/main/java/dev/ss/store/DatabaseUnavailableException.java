package dev.ss.store;

import java.sql.SQLException;
import java.util.Set;

/**
 * The database cannot be used: as configured, or for now. The message is for the operator and never
 * contains the URL, which may carry a password, nor anything that is stored. {@link Failures} tells
 * it from a defect.
 */
public final class DatabaseUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** PostgreSQL's serialization_failure and deadlock_detected. */
  private static final Set<String> LOST_TO_ANOTHER = Set.of("40001", "40P01");

  DatabaseUnavailableException(String reason) {
    super(reason);
  }

  DatabaseUnavailableException(String reason, Throwable cause) {
    super(reason, cause);
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
}
