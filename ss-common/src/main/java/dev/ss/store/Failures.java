package dev.ss.store;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.tomcat.jdbc.pool.PoolExhaustedException;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.internal.exception.FlywayMigrateException;
import org.jdbi.v3.core.ConnectionException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteException;

/**
 * Distinguishes two kinds of failure. If the database is unreachable, full, busy or damaged, it is
 * unavailable: this class turns the failure into a {@link DatabaseUnavailableException}, and a
 * later attempt may succeed. Every other failure, such as a missing column, is a defect of SS and
 * stays an ordinary exception.
 */
final class Failures {
  private Failures() {}

  /** Returns the exception to throw instead of a failure of a query or transaction. */
  static RuntimeException explaining(RuntimeException failure) {
    Optional<DatabaseUnavailableException> unavailable = unavailable(failure);
    return unavailable.isPresent() ? unavailable.get() : Defects.fitForALog(failure);
  }

  /**
   * Explains why no connection can be opened. Drops the failure itself, because its message quotes
   * the URL.
   */
  static DatabaseUnavailableException connecting(Throwable failure) {
    return new DatabaseUnavailableException(
        unavailable(failure)
            .map(Throwable::getMessage)
            .orElseGet(() -> "it cannot be used (%s)".formatted(nameOf(failure))));
  }

  /** Explains why the tables cannot be created or migrated. An incorrect migration is a defect. */
  static RuntimeException migrating(FlywayException failure) {
    return failure instanceof FlywayMigrateException && unavailable(failure).isEmpty()
        ? Defects.fitForALog(failure)
        : connecting(failure);
  }

  /** Whether SQLite reports that its file is damaged. */
  static boolean isDamage(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(cause -> cause instanceof SQLiteException sqlite && SqliteReasons.damage(sqlite));
  }

  private static Optional<DatabaseUnavailableException> unavailable(Throwable failure) {
    boolean connecting = false;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      connecting |= cause instanceof ConnectionException;
      connecting |= cause instanceof SQLException sql && PostgresReasons.isConnecting(sql);
      Optional<String> reason = reason(cause);
      if (reason.isPresent()) {
        return Optional.of(
            connecting
                ? new DatabaseUnavailableException(reason.get())
                : new DatabaseUnavailableException(reason.get(), failure));
      }
    }
    return connecting
        ? Optional.of(
            new DatabaseUnavailableException(
                "no connection to it can be opened (%s)".formatted(nameOf(failure))))
        : Optional.empty();
  }

  private static Optional<String> reason(Throwable failure) {
    if (failure instanceof PoolExhaustedException) {
      return Optional.of("no connection to it became free in time");
    }
    if (isAboutTls(failure)) {
      return Optional.of(
          "the server and this process do not agree on TLS; see sslmode and sslrootcert in the"
              + " URL, and that the certificate is of an authority there and of this host");
    }
    if (failure instanceof SQLiteException sqlite) {
      return SqliteReasons.of(sqlite);
    }
    return failure instanceof SQLException sql ? PostgresReasons.of(sql) : Optional.empty();
  }

  /**
   * PostgreSQL's driver gives TLS failures no SQLState of their own. Their messages contain these
   * words in every language.
   */
  private static boolean isAboutTls(Throwable failure) {
    if (failure instanceof SSLHandshakeException) {
      return true;
    }
    return failure instanceof SQLException sql
        && text(sql.getSQLState()).startsWith("08")
        && Stream.of("SSL", "HostnameVerifier").anyMatch(text(sql.getMessage())::contains);
  }

  private static String text(@Nullable String text) {
    return Objects.requireNonNullElse(text, "");
  }

  /** Describes the root cause without its message, which may quote the URL. */
  private static String nameOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String name = root.getClass().getSimpleName();
    return root instanceof SQLException sql && sql.getSQLState() != null
        ? name + ", SQLState " + sql.getSQLState()
        : name;
  }
}
