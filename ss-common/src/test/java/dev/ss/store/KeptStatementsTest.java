package dev.ss.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptStatementsTest {
  private static final String COUNT = "select count(*) from numbers";
  private static final String INSERT = "insert into numbers values (:number)";

  @TempDir private Path directory;
  private final List<PreparedStatement> prepared = new ArrayList<>();
  private final KeptStatements statements = new KeptStatements();
  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = connect();
    handle().execute("create table numbers (number integer not null)");
    prepared.clear();
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  /** A connection that notes which statements it prepares. */
  private Connection connect() throws SQLException {
    Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("n.db"));
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(sqlite, arguments);
                if (result instanceof PreparedStatement statement) {
                  prepared.add(statement);
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private Handle handle() {
    return Jdbi.create(connection).setStatementBuilderFactory(any -> statements).open();
  }

  private void insert(@Nullable Integer number) {
    handle().createUpdate(INSERT).bind("number", number).execute();
  }

  private int count() {
    return handle().createQuery(COUNT).mapTo(Integer.class).one();
  }

  @Test
  void aStatementIsPreparedOnce() {
    insert(1);
    insert(2);

    assertThat(prepared).hasSize(1);
    assertThat(count()).isEqualTo(2);
  }

  @Test
  void aStatementInUseIsNotShared() {
    insert(1);
    insert(2);
    List<Integer> counts =
        handle().createQuery("select * from numbers").map((row, context) -> inner()).list();

    assertThat(counts).containsExactly(2, 2);
    assertThat(prepared.stream().filter(KeptStatementsTest::isOpen)).hasSize(2);
  }

  private int inner() {
    return handle().createQuery("select * from numbers").mapTo(Integer.class).list().size();
  }

  private static boolean isOpen(PreparedStatement statement) {
    try {
      return !statement.isClosed();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Otherwise the next use of the statement would store its rows. */
  @Test
  void aBatchThatWasNotExecutedIsForgotten() throws Exception {
    try (Handle handle = handle()) {
      PreparedBatch broken = handle.prepareBatch(INSERT);
      broken.bind("number", 1).add();
      broken.bind("number", "not an integer, as the first").add();
      assertThatThrownBy(broken::execute).isInstanceOf(ClassCastException.class);
    }

    handle().prepareBatch(INSERT).bind("number", 3).add().execute();

    assertThat(prepared).hasSize(1);
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void aStatementThatFailedCanBeUsedAgain() {
    assertThatThrownBy(() -> insert(null)).isInstanceOf(UnableToExecuteStatementException.class);

    insert(1);

    assertThat(count()).isEqualTo(1);
  }

  /** The driver does not reset every statement that fails, and such a one keeps its locks. */
  @Test
  void aRollbackClosesAll() {
    handle().execute("begin immediate");
    insert(1);
    handle().execute("rollback");

    assertThat(prepared.stream().filter(KeptStatementsTest::isOpen)).hasSize(1);
  }

  /** JDBI closes a statement that has failed only after the work has been rolled back. */
  @Test
  void aStatementThatIsInUseDuringARollbackIsNotKept() {
    handle().execute("begin immediate");
    ResultIterator<Integer> reading = handle().createQuery(COUNT).mapTo(Integer.class).iterator();
    handle().execute("rollback");
    reading.close();

    assertThat(prepared.stream().filter(KeptStatementsTest::isOpen)).hasSize(1);
  }

  @Test
  void anotherConnectionHasStatementsOfItsOwn() throws Exception {
    insert(1);
    connection.close();
    connection = connect();

    assertThat(count()).isEqualTo(1);
    insert(2);
    assertThat(count()).isEqualTo(2);
  }

  @Test
  void onlyTheLastStatementsAreKept() {
    for (int i = 0; i < 100; i++) {
      handle().createQuery("select " + i).mapTo(Integer.class).one();
    }

    assertThat(prepared.stream().filter(KeptStatementsTest::isOpen)).hasSize(64);
    assertThat(isOpen(prepared.get(99))).isTrue();
  }
}
