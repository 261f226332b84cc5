package dev.ss.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import dev.ss.job.Job;
import dev.ss.store.DatabaseUnavailableException;
import dev.ss.store.TestStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaitersTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private static final JobViews VIEWS = new JobViews(TestStore.TYPES);

  @TempDir private Path directory;
  private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1);
  private TestStore store;
  private Waiters waiters;

  @BeforeEach
  void open() throws Exception {
    store = TestStore.open(TestStore.sqlite(directory.resolve("ss.db")));
    waiters = new Waiters(store.jobs(), VIEWS, nanoTime::get);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private WaitingClient waiting(UUID jobId, Duration timeout) {
    WaitingClient client = new WaitingClient();
    waiters.add(jobId, timeout, client.response(), client::hasHungUp);
    return client;
  }

  private WaitingClient waiting(Job job) {
    return waiting(job.id(), TIMEOUT);
  }

  private JobView view(Job job) {
    return VIEWS.of(store.job(job.id()));
  }

  @Test
  void aClientIsAnsweredWhenItsJobIsFinalAndNotBefore() {
    Job job = store.submit();
    WaitingClient client = waiting(job);

    waiters.answerDue();
    store.worker().start();
    waiters.answerDue();
    assertThat(client.answers()).isEmpty();

    store.sql("update jobs set state = 'succeeded'");
    waiters.answerDue();
    waiters.answerDue();

    assertThat(client.answers()).containsExactly(view(job));
    assertThat(view(job).state()).isEqualTo("succeeded");
  }

  @Test
  void aCancelledJobIsFinal() {
    Job job = store.submit();
    WaitingClient client = waiting(job);

    store.control().cancel(job.id(), Optional.empty());
    waiters.answerDue();

    assertThat(client.answers()).containsExactly(view(job));
  }

  @Test
  void onlyTheClientsOfFinalJobsAreAnswered() {
    Job other = store.submit();
    Job job = store.submit();
    WaitingClient waitsOn = waiting(other);
    List<WaitingClient> clients = List.of(waiting(job), waiting(job));

    store.control().cancel(job.id(), Optional.empty());
    waiters.answerDue();

    assertThat(clients).allSatisfy(client -> assertThat(client.answers()).hasSize(1));
    assertThat(waitsOn.answers()).isEmpty();
  }

  @Test
  void aClientWhoseJobIsDeletedIsToldSo() {
    WaitingClient client = waiting(store.submit());

    store.sql("delete from jobs");
    waiters.answerDue();

    assertThat(client.answers())
        .singleElement()
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.code()).isEqualTo(ProblemCode.JOB_NOT_FOUND));
  }

  @Test
  void aClientWhoseTimeIsOverIsAnsweredWithTheJobAsItIs() {
    Job job = store.submit();
    WaitingClient client = waiting(job);

    nanoTime.addAndGet(TIMEOUT.toNanos() - 1);
    waiters.answerDue();
    assertThat(client.answers()).isEmpty();

    nanoTime.incrementAndGet();
    waiters.answerDue();
    assertThat(client.answers()).containsExactly(view(job));
    assertThat(view(job).state()).isEqualTo("queued");
  }

  @Test
  void withoutADatabaseAClientIsToldSoWhenItsTimeIsOver() throws Exception {
    Job job = store.submit();
    WaitingClient patient = waiting(job.id(), TIMEOUT.multipliedBy(2));
    WaitingClient client = waiting(job);
    loseTheDatabase();
    assertThatThrownBy(waiters::answerDue).isInstanceOf(DatabaseUnavailableException.class);
    assertThat(client.answers()).isEmpty();

    nanoTime.addAndGet(TIMEOUT.toNanos());

    assertThatThrownBy(waiters::answerDue).isInstanceOf(DatabaseUnavailableException.class);
    assertThat(client.answers()).singleElement().isInstanceOf(DatabaseUnavailableException.class);
    assertThat(patient.answers()).isEmpty();
  }

  @Test
  void withoutWaitingClientsTheDatabaseIsNotAsked() throws Exception {
    loseTheDatabase();

    waiters.answerDue();
  }

  private void loseTheDatabase() throws IOException {
    Files.delete(directory.resolve("ss.db"));
    assertThatThrownBy(store.database()::ping).isInstanceOf(DatabaseUnavailableException.class);
  }

  @Test
  void aStoppingProcessAnswersThoseWhoWaitAndThoseWhoComeLater() {
    Job job = store.submit();
    WaitingClient client = waiting(job);

    waiters.release();
    assertThat(client.answers()).containsExactly(view(job));
    assertThat(waiting(job).answers()).containsExactly(view(job));
  }

  @Test
  void aClientThatHasHungUpIsDroppedAndTheOthersWaitOn() {
    Job job = store.submit();
    WaitingClient gone = waiting(job);
    WaitingClient patient = waiting(job);
    gone.hangUp();

    waiters.dropHungUp();
    waiters.dropHungUp();

    assertThat(gone.answers()).hasSize(1);
    assertThat(patient.answers()).isEmpty();
    store.control().cancel(job.id(), Optional.empty());
    waiters.answerDue();
    assertThat(gone.answers()).hasSize(1);
    assertThat(patient.answers()).hasSize(1);
  }

  /** Two statements: one that finds out whose jobs are final, and one that reads those. */
  @Test
  void howeverManyJobsEndTheDatabaseIsAskedTwice() throws Exception {
    AtomicInteger statements = new AtomicInteger();
    try (TestStore counted =
        TestStore.open(
            TestStore.sqlite(directory.resolve("counted.db")),
            source -> CountedStatements.of(source, statements))) {
      Waiters asking = new Waiters(counted.jobs(), VIEWS, nanoTime::get);
      List<WaitingClient> clients = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        WaitingClient client = new WaitingClient();
        asking.add(counted.submit().id(), TIMEOUT, client.response(), client::hasHungUp);
        clients.add(client);
      }
      counted.sql("update jobs set state = 'succeeded'");
      statements.set(0);

      asking.answerDue();

      assertThat(statements).hasValue(2);
      assertThat(clients).allSatisfy(client -> assertThat(client.answers()).hasSize(1));
    }
  }

  @Test
  void atMostAThousandClientsWait() {
    Job job = store.submit();
    for (int i = 0; i < 1000; i++) {
      waiting(job);
    }

    assertThat(catchThrowableOfType(ProblemException.class, () -> waiting(job)).code())
        .isEqualTo(ProblemCode.TOO_MANY_WAITERS);

    store.control().cancel(job.id(), Optional.empty());
    waiters.answerDue();
    waiting(store.submit());
  }
}
