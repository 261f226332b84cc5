package dev.ss.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jspecify.annotations.Nullable;

/**
 * Shares commits between threads, for a database with one writer at a time. Work that arrives while
 * a commit is written to the disk goes into the next commit. Callers return only after the shared
 * commit; a caller that fails rolls back to its own savepoint.
 */
final class GroupCommit {
  /** Limits how long a group keeps other processes from writing. */
  private static final int MAX_GROUP = 32;

  private final Consumer<Consumer<Handle>> transaction;
  private final Queue<Member<?>> waiting = new ConcurrentLinkedQueue<>();
  private final ReentrantLock committing = new ReentrantLock(true);

  /**
   * @param transaction runs its argument in a transaction, and returns after the commit
   */
  GroupCommit(Consumer<Consumer<Handle>> transaction) {
    this.transaction = transaction;
  }

  /** Runs {@code work} on the thread of one of the callers and returns after its commit. */
  <T> T inTransaction(HandleCallback<T, RuntimeException> work) {
    Member<T> member = new Member<>(work);
    waiting.add(member);
    committing.lock();
    try {
      // The previous holder of the lock may have committed this work with its own.
      while (!member.done) {
        commit(nextGroup());
      }
    } finally {
      committing.unlock();
    }
    return member.result();
  }

  private List<Member<?>> nextGroup() {
    List<Member<?>> group = new ArrayList<>();
    while (group.size() < MAX_GROUP && !waiting.isEmpty()) {
      group.add(waiting.remove());
    }
    return group;
  }

  private void commit(List<Member<?>> group) {
    try {
      transaction.accept(
          handle -> {
            if (group.size() == 1) {
              group.get(0).run(handle);
            } else {
              group.forEach(member -> member.runApart(handle));
            }
          });
    } catch (RuntimeException | Error e) {
      group.forEach(member -> member.fail(e));
    } finally {
      group.forEach(member -> member.done = true);
    }
  }

  /** The work of one caller. Its fields are guarded by the lock. */
  private static final class Member<T> {
    private final HandleCallback<T, RuntimeException> work;

    @SuppressWarnings("NullAway.Init") // set unless the work has failed
    private T result;

    private @Nullable Throwable failure;
    private boolean done;

    Member(HandleCallback<T, RuntimeException> work) {
      this.work = work;
    }

    void run(Handle handle) {
      result = work.withHandle(handle);
    }

    /**
     * Runs the work after a savepoint, so that its failure does not undo the work of the others.
     */
    void runApart(Handle handle) {
      handle.execute("savepoint member");
      try {
        run(handle);
      } catch (RuntimeException | Error e) {
        handle.execute("rollback to member");
        failure = e;
      }
      handle.execute("release member");
    }

    /**
     * Records that the group's commit failed. A member that failed before keeps its own failure.
     */
    void fail(Throwable reason) {
      if (failure == null) {
        failure = reason;
      }
    }

    T result() {
      if (failure instanceof RuntimeException e) {
        throw e;
      }
      if (failure instanceof Error e) {
        throw e;
      }
      return result;
    }
  }
}
