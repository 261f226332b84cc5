package dev.ss.store;

import java.sql.SQLException;
import java.util.Set;

/**
 * The database cannot be used, either as configured or at the moment. The message is for the
 * operator. It contains neither the URL, which may include a password, nor stored data. {@link
 * Failures} distinguishes this exception from a defect.
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

  /** Never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  /**
   * Whether PostgreSQL aborted the transaction in favour of another one, so that a new attempt may
   * succeed.
   */
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
