package dev.ss.store;

import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import dev.ss.store.Executions.Picking;
import java.util.Map;

/** What differs between the databases SS runs on. */
enum Dialect {
  SQLITE("org.sqlite.JDBC") {
    @Override
    Map<String, String> connectionProperties() {
      return Map.of(
          "journal_mode", "WAL",
          // An acknowledged submission survives a power cut.
          "synchronous", "FULL",
          "busy_timeout", "10000",
          // A transaction that reads first and then writes fails with SQLITE_BUSY when another
          // process wrote in between, however long the timeout; taking the lock first waits
          // instead.
          "transaction_mode", "IMMEDIATE",
          "foreign_keys", "true");
    }

    @Override
    JdbcCustomization schedulerCustomization(Picking picking) {
      return DuePicking.sqlite(picking);
    }

    @Override
    String forUpdate() {
      return ""; // an IMMEDIATE transaction holds the whole file
    }

    @Override
    String forUpdateSkippingLocked() {
      return "";
    }
  },

  POSTGRESQL("org.postgresql.Driver") {
    @Override
    Map<String, String> connectionProperties() {
      return Map.of(
          "ApplicationName", "ss",
          "connectTimeout", "10",
          // The server's details quote the values of rows, which must not reach a log.
          "logServerErrorDetail", "false");
    }

    @Override
    JdbcCustomization schedulerCustomization(Picking picking) {
      return DuePicking.postgresql(picking);
    }

    @Override
    String forUpdate() {
      return " for update";
    }

    @Override
    String forUpdateSkippingLocked() {
      return " for update skip locked";
    }
  };

  private final String driverClass;

  Dialect(String driverClass) {
    this.driverClass = driverClass;
  }

  String driverClass() {
    return driverClass;
  }

  abstract Map<String, String> connectionProperties();

  abstract JdbcCustomization schedulerCustomization(Picking picking);

  /** The end of a query whose rows nobody else may change before this transaction ends. */
  abstract String forUpdate();

  /** The same, and without the rows that somebody else is changing. */
  abstract String forUpdateSkippingLocked();

  static Dialect of(String url) {
    if (url.startsWith("jdbc:sqlite:")) {
      return SQLITE;
    }
    if (url.startsWith("jdbc:postgresql:")) {
      return POSTGRESQL;
    }
    throw new DatabaseUnavailableException(
        "it must begin with jdbc:sqlite: or jdbc:postgresql:, as in jdbc:sqlite:data/ss.db");
  }
}
