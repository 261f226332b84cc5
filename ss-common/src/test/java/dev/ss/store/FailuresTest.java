package dev.ss.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchRuntimeException;

import dev.ss.testkit.postgres.PostgresServer;
import java.nio.file.Path;
import java.sql.SQLException;
import org.apache.tomcat.jdbc.pool.PoolExhaustedException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Unavailable or a defect: never one called the other. */
class FailuresTest {
  private static final String SECRET = "correct-horse";

  @AutoClose private static TestStore sqlite;
  @AutoClose private static final PostgresServer server = PostgresServer.temporary();
  @AutoClose private static TestStore postgres;

  @BeforeAll
  static void open(@TempDir Path directory) throws Exception {
    sqlite = TestStore.open(TestStore.sqlite(directory.resolve("ss.db")));
    postgres = TestStore.open(TestStore.newDatabase(server));
  }

  private static RuntimeException thrownByJdbi(SQLException failure) {
    return new UnableToExecuteStatementException(failure, null);
  }

  @ParameterizedTest
  @CsvSource({
    "08001, nothing answers there",
    "08003, nothing answers there",
    "08006, nothing answers there",
    "08S01, nothing answers there",
    "25006, takes no writes",
    "25P03, stood still",
    "28P01, user or password",
    "3D000, no database of that name",
    "40001, other transactions",
    "40P01, other transactions",
    "53000, short of something",
    "53100, disk is full",
    "53200, no memory",
    "53300, no connection left",
    "55P03, holds a lock",
    "57014, database.statementTimeout",
    "57P01, stopping or starting",
    "57P05, has ended",
    "58030, cannot use its files",
    "XX001, damaged"
  })
  void postgresqlIsUnavailable(String state, String reason) {
    RuntimeException explained =
        Failures.explaining(thrownByJdbi(new SQLException("with " + SECRET, state)));

    assertThat(explained)
        .isInstanceOf(DatabaseUnavailableException.class)
        .hasMessageContainingAll(reason, state);
    assertThat(explained.getMessage()).doesNotContain(SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0A000", "21000", "23502", "23505", "25P02", "26000", "42601", "42703", "42P01", "54000",
        "55000", "XX000"
      })
  void whatPostgresqlSaysOfOurStatementsIsADefect(String state) {
    RuntimeException failure = thrownByJdbi(new SQLException("of ours", state));

    assertThat(Failures.explaining(failure)).isSameAs(failure);
  }

  @ParameterizedTest
  @EnumSource(
      value = SQLiteErrorCode.class,
      names = {
        "SQLITE_BUSY",
        "SQLITE_BUSY_SNAPSHOT",
        "SQLITE_LOCKED",
        "SQLITE_FULL",
        "SQLITE_IOERR",
        "SQLITE_IOERR_WRITE",
        "SQLITE_CANTOPEN",
        "SQLITE_PROTOCOL",
        "SQLITE_READONLY",
        "SQLITE_READONLY_DBMOVED",
        "SQLITE_PERM",
        "SQLITE_NOMEM",
        "SQLITE_CORRUPT",
        "SQLITE_CORRUPT_VTAB",
        "SQLITE_NOTADB"
      })
  void sqliteIsUnavailable(SQLiteErrorCode code) {
    RuntimeException explained =
        Failures.explaining(thrownByJdbi(new SQLiteException("with " + SECRET, code)));

    assertThat(explained)
        .isInstanceOf(DatabaseUnavailableException.class)
        .hasMessageContaining(code.name());
    assertThat(explained.getMessage()).doesNotContain(SECRET);
  }

  @ParameterizedTest
  @EnumSource(
      value = SQLiteErrorCode.class,
      mode = Mode.MATCH_ANY,
      names = {
        "SQLITE_ERROR.*",
        "SQLITE_CONSTRAINT.*",
        "SQLITE_SCHEMA",
        "SQLITE_MISUSE",
        "SQLITE_MISMATCH",
        "SQLITE_RANGE",
        "SQLITE_TOOBIG",
        "SQLITE_INTERNAL"
      })
  void whatSqliteSaysOfOurStatementsIsADefect(SQLiteErrorCode code) {
    RuntimeException failure = thrownByJdbi(new SQLiteException("of ours", code));

    assertThat(Failures.explaining(failure)).isSameAs(failure);
  }

  @ParameterizedTest
  @ValueSource(strings = {"select no_such_column from jobs", "select * from no_such_table"})
  void aStatementThatIsWrongIsADefectOnBothDatabases(String sql) {
    for (TestStore store : new TestStore[] {sqlite, postgres}) {
      assertThat(
              catchRuntimeException(
                  () -> store.database().read(handle -> handle.createQuery(sql).mapToMap().list())))
          .isInstanceOf(JdbiException.class);
      assertThat(catchRuntimeException(() -> store.sql(sql))).isInstanceOf(JdbiException.class);
    }
  }

  @Test
  void aConstraintThatIsViolatedIsADefectOnBothDatabases() {
    String sql = "insert into job_inputs (job_id) values (null)";

    assertThat(catchRuntimeException(() -> sqlite.sql(sql))).isInstanceOf(JdbiException.class);
    assertThat(catchRuntimeException(() -> postgres.sql(sql))).isInstanceOf(JdbiException.class);
  }

  @Test
  void aDefectSaysNothingOfTheValueThatPostgresqlRefuses() {
    RuntimeException failure =
        catchRuntimeException(
            () ->
                postgres
                    .database()
                    .read(
                        handle ->
                            handle
                                .createQuery("select cast(:text as integer)")
                                .bind("text", SECRET)
                                .mapTo(Integer.class)
                                .one()));

    assertThat(failure)
        .isNotInstanceOf(DatabaseUnavailableException.class)
        .hasMessage("the database refuses a value (SQLState 22P02)")
        .hasNoCause();
    assertThat(failure.getStackTrace()).isNotEmpty();
  }

  @Test
  void withoutAConnectionTheDatabaseIsUnavailableWhateverTheReason() {
    assertThat(Failures.explaining(thrownByJdbi(new PoolExhaustedException(SECRET))))
        .isInstanceOf(DatabaseUnavailableException.class)
        .hasMessage("no connection to it became free in time");
    assertThat(
            Failures.explaining(
                new ConnectionException(
                    new PSQLException("jdbc:x?" + SECRET, PSQLState.INVALID_PARAMETER_VALUE))))
        .isInstanceOf(DatabaseUnavailableException.class)
        .hasMessageContaining("no connection to it can be opened")
        .hasNoCause();
  }

  @Test
  void whatFailsWithoutTheDatabaseIsADefect() {
    RuntimeException failure = new IllegalStateException("of ours");

    assertThat(Failures.explaining(failure)).isSameAs(failure);
  }
}
