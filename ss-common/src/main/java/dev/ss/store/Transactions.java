package dev.ss.store;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;

/** Runs work in transactions. */
interface Transactions {
  /**
   * Runs the work, perhaps on another thread, and returns its result once it is committed.
   *
   * @throws org.jdbi.v3.core.JdbiException if it was not committed, or nobody can tell
   */
  <T> T inTransaction(HandleCallback<T, RuntimeException> work);

  /** Transactions that run side by side, one for each caller. */
  static Transactions each(Jdbi jdbi) {
    return new Transactions() {
      @Override
      public <T> T inTransaction(HandleCallback<T, RuntimeException> work) {
        return jdbi.inTransaction((Handle handle) -> work.withHandle(handle));
      }
    };
  }
}
