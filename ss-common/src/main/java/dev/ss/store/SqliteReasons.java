package dev.ss.store;

import java.util.Optional;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Explains by its result codes why SQLite cannot use its file (sqlite.org/rescode.html). */
final class SqliteReasons {
  /** An extended result code has the primary one in its lowest byte. */
  private static final int PRIMARY = 0xff;

  private SqliteReasons() {}

  /** Returns the reason; empty if the failure is a defect of SS. */
  static Optional<String> of(SQLiteException failure) {
    return reason(primary(failure))
        .map(reason -> "%s (%s)".formatted(reason, failure.getResultCode().name()));
  }

  static boolean damage(SQLiteException failure) {
    SQLiteErrorCode code = primary(failure);
    return code == SQLiteErrorCode.SQLITE_CORRUPT || code == SQLiteErrorCode.SQLITE_NOTADB;
  }

  private static SQLiteErrorCode primary(SQLiteException failure) {
    return SQLiteErrorCode.getErrorCode(failure.getResultCode().code & PRIMARY);
  }

  private static Optional<String> reason(SQLiteErrorCode code) {
    return Optional.ofNullable(
        switch (code) {
          case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL ->
              "another process holds the lock on its file";
          case SQLITE_FULL -> "the disk with its file is full";
          case SQLITE_IOERR -> "its file cannot be read or written";
          case SQLITE_CANTOPEN -> "its file cannot be opened";
          case SQLITE_READONLY, SQLITE_PERM -> "its file may not be written to";
          case SQLITE_NOMEM -> "SQLite has no memory left";
          case SQLITE_CORRUPT -> "its file is damaged; stop SS and restore a copy";
          case SQLITE_NOTADB -> "its file is not a SQLite database; stop SS and restore a copy";
          default -> null;
        });
  }
}
