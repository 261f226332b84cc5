package dev.ss.store;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;

/** Runs work in transactions. */
interface Transactions {
  /**
   * Runs the work, perhaps on another thread, and returns its result after the commit.
   *
   * @throws org.jdbi.v3.core.JdbiException if the work was not committed, or its outcome is unknown
   */
  <T> T inTransaction(HandleCallback<T, RuntimeException> work);

  /** Gives each caller a transaction of its own; the transactions run concurrently. */
  static Transactions each(Jdbi jdbi) {
    return new Transactions() {
      @Override
      public <T> T inTransaction(HandleCallback<T, RuntimeException> work) {
        return jdbi.inTransaction((Handle handle) -> work.withHandle(handle));
      }
    };
  }
}
