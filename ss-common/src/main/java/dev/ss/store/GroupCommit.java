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
 * Shares commits between threads, for a database that lets one of them write at a time. What comes
 * while a commit is being written to the disk goes into the next one together. Nobody is told to be
 * done before the commit is, and who fails takes back only what is his own.
 */
final class GroupCommit {
  /** Other processes wait for as long as these take. */
  private static final int LARGEST_GROUP = 32;

  private final Consumer<Consumer<Handle>> transaction;
  private final Queue<Member<?>> waiting = new ConcurrentLinkedQueue<>();
  private final ReentrantLock committing = new ReentrantLock(true);

  /**
   * Groups of work in transactions of this kind.
   *
   * @param transaction does something in a transaction, and returns once that is committed
   */
  GroupCommit(Consumer<Consumer<Handle>> transaction) {
    this.transaction = transaction;
  }

  /** Does {@code work} on some thread and returns when it is committed. */
  <T> T inTransaction(HandleCallback<T, RuntimeException> work) {
    Member<T> member = new Member<>(work);
    waiting.add(member);
    committing.lock();
    try {
      // Whoever had the lock before may have done it along with his own.
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

  /** Work of one thread; what is written here is read there under the lock. */
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

    /** So that the others' work stays when this fails. */
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

    /** The group's commit has failed; what failed before it has its own reason. */
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
