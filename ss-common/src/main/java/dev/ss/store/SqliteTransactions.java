package dev.ss.store;

import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Runs transactions on the only connection that writes. Callers that wait for it share a commit.
 */
final class SqliteTransactions implements Transactions {
  private final Jdbi jdbi;
  private final GroupCommit group = new GroupCommit(this::inOneTransaction);

  SqliteTransactions(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public <T> T inTransaction(HandleCallback<T, RuntimeException> work) {
    return group.inTransaction(work);
  }

  /**
   * Begins and commits with statements, because the driver's own commit takes the file lock again
   * before it returns, and so waits for other processes.
   */
  private void inOneTransaction(Consumer<Handle> work) {
    jdbi.useHandle(
        handle -> {
          handle.execute("begin immediate");
          try {
            work.accept(handle);
            handle.execute("commit");
          } catch (RuntimeException | Error e) {
            rollBack(handle, e);
            throw e;
          }
        });
  }

  /**
   * Rolls back. That may fail, because SQLite has already rolled back after some errors, such as a
   * full disk.
   */
  private static void rollBack(Handle handle, Throwable reason) {
    try {
      handle.execute("rollback");
    } catch (JdbiException e) {
      reason.addSuppressed(e);
    }
  }
}
