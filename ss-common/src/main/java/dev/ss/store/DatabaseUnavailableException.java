package dev.ss.store;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.tomcat.jdbc.pool.PoolExhaustedException;

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
      if (cause instanceof PoolExhaustedException) {
        return new DatabaseUnavailableException("no connection to it became free in time");
      }
      if (isAboutTls(cause)) {
        return new DatabaseUnavailableException(
            "the server and this process do not agree on TLS; see sslmode and sslrootcert in the"
                + " URL, and that the certificate is of an authority there and of this host");
      }
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return explaining(sql.getSQLState(), failure);
      }
    }
    return new DatabaseUnavailableException(
        "it cannot be used (" + rootName(failure) + ")", failure);
  }

  private static DatabaseUnavailableException explaining(String sqlState, Throwable failure) {
    // A failure to connect quotes the URL, and one in the wrong place its password as well.
    Optional<String> limit = overLimit(sqlState);
    if (limit.isPresent()) {
      return new DatabaseUnavailableException(reason(limit.get(), sqlState), failure);
    }
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

  /** The driver has no SQLState of its own for it, but these words in each of its languages. */
  private static boolean isAboutTls(Throwable failure) {
    if (failure instanceof SSLHandshakeException) {
      return true;
    }
    return failure instanceof SQLException sql
        && text(sql.getSQLState()).startsWith("08")
        && Stream.of("SSL", "HostnameVerifier").anyMatch(text(sql.getMessage())::contains);
  }

  private static String text(String text) {
    return Objects.requireNonNullElse(text, "");
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

  private static Optional<String> overLimit(String sqlState) {
    return switch (sqlState) {
      case "57014" -> Optional.of("a statement took longer than database.statementTimeout");
      case "25P03" -> Optional.of("the server ended a transaction that stood still");
      case "53300" -> Optional.of("the server has no connection left");
      case "57P01", "57P02", "57P03" -> Optional.of("the server is stopping or starting");
      default -> Optional.empty();
    };
  }

  private static String reason(String reason, String sqlState) {
    return "%s (SQLState %s)".formatted(reason, sqlState);
  }
}
