package dev.ss.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;

/**
 * Shares commits between threads, for a database with one writer at a time. The work that arrives
 * while a commit is written to the disk is committed together next. Callers return only after the
 * shared commit; a caller that fails rolls back to its own savepoint.
 */
final class GroupCommit {
  /** Other processes wait while a group is written. */
  private static final int LARGEST_GROUP = 32;

  private final Consumer<Consumer<Handle>> transaction;
  private final Queue<Member<?>> waiting = new ConcurrentLinkedQueue<>();
  private final ReentrantLock committing = new ReentrantLock(true);

  /**
   * @param transaction runs its argument in a transaction, and returns once that is committed
   */
  GroupCommit(Consumer<Consumer<Handle>> transaction) {
    this.transaction = transaction;
  }

  /** Runs {@code work} on some caller's thread and returns when it is committed. */
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
    while (group.size() < LARGEST_GROUP && !waiting.isEmpty()) {
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
    private T result;
    private Throwable failure;
    private boolean done;

    Member(HandleCallback<T, RuntimeException> work) {
      this.work = work;
    }

    void run(Handle handle) {
      result = work.withHandle(handle);
    }

    /** Runs behind a savepoint, so that the others' work stays when this one fails. */
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

    /** The group's commit has failed; a member that failed before keeps its own reason. */
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
