package dev.ss.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which work shares a commit, and what each caller gets back. */
class GroupCommitTest {
  private final Handle database = Jdbi.open("jdbc:sqlite::memory:");
  private final AtomicInteger commits = new AtomicInteger();
  private final CountDownLatch firstMayCommit = new CountDownLatch(1);
  private final GroupCommit group = new GroupCommit(this::commit);
  private volatile boolean commitFails;

  @AfterEach
  void close() {
    database.close();
  }

  private void commit(Consumer<Handle> work) {
    awaitQuietly(firstMayCommit);
    database.execute("begin");
    work.accept(database);
    if (commitFails) {
      database.execute("rollback");
      throw new IllegalStateException("the disk is full");
    }
    database.execute("commit");
    commits.incrementAndGet();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Runs works at once: the first alone, because the others come while it commits. */
  private List<Throwable> together(List<Consumer<Handle>> works) throws InterruptedException {
    Throwable[] failures = new Throwable[works.size()];
    List<Thread> threads =
        IntStream.range(0, works.size())
            .mapToObj(i -> new Thread(() -> failures[i] = failureOf(works.get(i))))
            .toList();
    startAndAwaitWaiting(threads.subList(0, 1));
    startAndAwaitWaiting(threads.subList(1, threads.size()));
    firstMayCommit.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    return Arrays.asList(failures);
  }

  private static void startAndAwaitWaiting(List<Thread> threads) {
    threads.forEach(Thread::start);
    await().until(() -> threads.stream().allMatch(each -> each.getState() == Thread.State.WAITING));
  }

  private Throwable failureOf(Consumer<Handle> work) {
    try {
      group.inTransaction(
          handle -> {
            work.accept(handle);
            return null;
          });
      return null;
    } catch (RuntimeException e) {
      return e;
    }
  }

  private static Consumer<Handle> insert(int number) {
    return handle -> handle.execute("insert into numbers values (?)", number);
  }

  private List<Integer> numbers() {
    return database
        .createQuery("select number from numbers order by number")
        .mapTo(Integer.class)
        .list();
  }

  private void createTable() {
    database.execute("create table numbers (number integer)");
  }

  @Test
  void theResultIsReturnedAfterTheCommit() {
    firstMayCommit.countDown();

    assertThat(group.<Integer>inTransaction(handle -> 7)).isEqualTo(7);
    assertThat(commits).hasValue(1);
  }

  @Test
  void workThatArrivesDuringACommitSharesTheNextOne() throws Exception {
    createTable();

    List<Throwable> failures =
        together(IntStream.range(0, 34).mapToObj(GroupCommitTest::insert).toList());

    assertThat(failures).containsOnlyNulls();
    assertThat(numbers()).hasSize(34);
    // The first alone, then the largest group, then the rest.
    assertThat(commits).hasValue(3);
  }

  @Test
  void workThatFailsTakesBackOnlyItself() throws Exception {
    createTable();
    Consumer<Handle> failing =
        handle -> {
          insert(99).accept(handle);
          throw new IllegalArgumentException("as intended");
        };

    List<Throwable> failures = together(List.of(insert(0), insert(1), failing, insert(3)));

    assertThat(failures.get(2)).hasMessage("as intended");
    assertThat(failures).filteredOn(failure -> failure != null).hasSize(1);
    assertThat(numbers()).containsExactly(0, 1, 3);
  }

  @Test
  void whenTheCommitFailsAllWhoseWorkSucceededLearnWhy() throws Exception {
    createTable();
    commitFails = true;
    Consumer<Handle> failing =
        handle -> {
          throw new IllegalArgumentException("as intended");
        };

    List<Throwable> failures = together(List.of(insert(0), insert(1), failing));

    assertThat(failures)
        .extracting(Throwable::getMessage)
        .containsExactly("the disk is full", "the disk is full", "as intended");
    assertThat(numbers()).isEmpty();
  }

  @Test
  void theFailureOfWorkThatIsAloneIsItsCallers() {
    firstMayCommit.countDown();

    assertThatThrownBy(
            () ->
                group.inTransaction(
                    handle -> {
                      throw new IllegalArgumentException("as intended");
                    }))
        .hasMessage("as intended");
  }
}
