package dev.ss.store;

import static dev.ss.store.Runs.SUCCEED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.job.Job;
import dev.ss.job.JobState;
import dev.ss.job.NextStep;
import dev.ss.store.WakeUpListener.Listening;
import dev.ss.testkit.postgres.PostgresServer;
import dev.ss.testkit.unit.CapturedLog;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a worker hears of new jobs. */
class WakeUpTest {
  @AutoClose private static final PostgresServer server = PostgresServer.temporary();

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final AtomicInteger wakes = new AtomicInteger();
  private TestStore store;
  private WakeUpListener listener;

  @BeforeEach
  void listen() throws Exception {
    store = TestStore.open(TestStore.newDatabase(server));
    listener =
        store.database().wakeUpListener(new Listening(this::isOffered, wakes::incrementAndGet));
    listener.start();
    // It looks once when it begins to listen.
    await().until(() -> wakes.get() == 1);
  }

  @AfterEach
  void stop() {
    listener.stop();
    await().until(() -> listeners() == 0);
    store.close();
  }

  private boolean isOffered(String jobType) {
    heard.add(jobType);
    return !jobType.equals("not-offered");
  }

  private static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofSeconds(60));
  }

  private static int listeners() throws SQLException {
    return Integer.parseInt(
        server.query(
            "select count(*) from pg_stat_activity where application_name = '%s'"
                .formatted(NotificationListener.CONNECTION_NAME)));
  }

  private void submit(String jobType) {
    store.submit(store.newJob().type(jobType).build());
  }

  private void assertHears(String jobType) throws InterruptedException {
    assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo(jobType);
  }

  @Test
  void aSubmissionWakes() throws Exception {
    submit("report");

    assertHears("report");
    await().until(() -> wakes.get() > 1);
  }

  @Test
  void itWakesOnceMoreForAClockThatIsALittleBehind() {
    submit("report");

    await().until(() -> wakes.get() == 3);
  }

  @Test
  void aClientsRetryWakes() throws Exception {
    Job job = store.submit(store.newJob().type("first").build());
    assertHears("first");
    ManualWorker.Started started = store.worker().start();
    started.finish(Runs.failed(""), Runs.FAIL);

    store.control().retry(job.id(), Optional.empty());

    assertHears("first");
  }

  @Test
  void aJobThatIsGivenBackWakes() throws Exception {
    submit("first");
    assertHears("first");

    store.worker().start().finish(Runs.interrupted(), Runs.GIVE_BACK);

    assertHears("first");
  }

  @Test
  void aJobWhoseWorkerIsLostWakesOnceItIsRecovered() throws Exception {
    submit("first");
    assertHears("first");
    store.worker().start();

    store.lostJobs().recoverAll(ManualWorker.ID, attempt -> Runs.TRY_AGAIN_AT_ONCE);

    assertHears("first");
  }

  @Test
  void whatIsFinalOrTriedAgainLaterDoesNotWake() throws Exception {
    submit("first");
    assertHears("first");
    submit("second");
    assertHears("second");
    ManualWorker worker = store.worker();
    ManualWorker.Started one = worker.start();
    ManualWorker.Started other = worker.start();

    one.finish(Runs.failed(""), new NextStep.Requeue(Duration.ofMinutes(1), false));
    other.finish(Runs.succeeded("1"), SUCCEED);
    submit("report");

    assertHears("report");
  }

  @Test
  void whatIsForLaterOrWasThereBeforeOrRolledBackDoesNot() throws Exception {
    store.submit(
        store.newJob().type("later").runAt(store.clock().instant().plusSeconds(60)).build());
    store.without("job_inputs", () -> assertThat(failsToSubmit("broken")).isTrue());
    submit("report");

    assertHears("report");
  }

  private boolean failsToSubmit(String jobType) {
    try {
      submit(jobType);
      return false;
    } catch (JdbiException e) {
      return true;
    }
  }

  @Test
  void whatTheWorkerDoesNotOfferDoesNotWakeIt() throws Exception {
    submit("not-offered");
    assertHears("not-offered");
    int before = wakes.get();
    submit("report");
    assertHears("report");

    assertThat(before).isEqualTo(1);
    await().until(() -> wakes.get() > 1);
  }

  @Test
  void manySubmissionsShareMessages() throws Exception {
    int jobs = 500;
    IntStream.range(0, jobs).forEach(i -> store.database().wakeUps().queued("not-offered"));
    store.database().wakeUps().queued("report");

    await().until(() -> heard.contains("report"));
    assertThat(heard.size()).isLessThan(jobs / 2);
  }

  @Test
  void aConnectionThatIsLostIsReplacedAndSaidOnce() throws Exception {
    try (CapturedLog log = CapturedLog.of(WakeUpListener.class.getPackage())) {
      server.query(
          "select count(pg_terminate_backend(pid)) from pg_stat_activity"
              + " where application_name = '%s'".formatted(NotificationListener.CONNECTION_NAME));
      // What was queued in between is found at once as well.
      await().until(() -> wakes.get() == 2);
      await().until(() -> listeners() == 1);
      submit("report");
      assertHears("report");

      assertThat(log.messages().stream().filter(message -> message.startsWith("WARN")))
          .singleElement()
          .asString()
          .startsWith("WARN Wake-ups do not arrive; this worker finds jobs by polling");
    }
  }

  @Test
  void aSubmissionSucceedsWhenNobodyCanBeTold() throws Exception {
    store.database().wakeUps().stop();

    assertThat(store.job(store.submit().id()).state()).isEqualTo(JobState.QUEUED);
  }

  @Test
  void onSqliteAnyCommitWakes(@TempDir Path directory) throws Exception {
    try (TestStore file = TestStore.open(TestStore.sqlite(directory.resolve("ss.db")))) {
      AtomicInteger changes = new AtomicInteger();
      WakeUpListener listening =
          file.database().wakeUpListener(new Listening(type -> true, changes::incrementAndGet));
      listening.start();
      file.submit();
      await().untilAtomic(changes, count -> assertThat(count).isPositive());
      listening.stop();
    }
  }
}
