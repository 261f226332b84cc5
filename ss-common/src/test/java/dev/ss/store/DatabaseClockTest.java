package dev.ss.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.event.SchedulerListener.SchedulerEventType;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.ss.SettableClock;
import dev.ss.job.Job;
import dev.ss.job.JobType;
import dev.ss.job.NewJob;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That processes agree about the time whatever their machines believe. */
class DatabaseClockTest {
  private static final JobType TYPE = TestStore.type("word-count", Optional.empty());

  @AutoClose private static final PostgresServer server = PostgresServer.start();

  private final AtomicLong nanos = new AtomicLong(42);
  private String databaseName;
  private TestStore store;

  @BeforeEach
  void open() throws Exception {
    DatabaseSettings settings = server.newDatabase();
    databaseName = settings.url().substring(settings.url().lastIndexOf('/') + 1);
    store = TestStore.open(settings);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static Clock machineOffBy(int minutes) {
    return Clock.offset(Clock.systemUTC(), Duration.ofMinutes(minutes));
  }

  @ParameterizedTest
  @ValueSource(ints = {-5, 0, 5})
  void itIsTheDatabasesTimeOnEveryMachine(int minutes) {
    DatabaseClock clock = new DatabaseClock(store.database(), machineOffBy(minutes));

    // The embedded server has the clock of this machine.
    assertThat(clock.instant()).isCloseTo(Instant.now(), within(1, ChronoUnit.SECONDS));
    assertThat(clock.offset().orElseThrow())
        .isCloseTo(Duration.ofMinutes(-minutes), Duration.ofSeconds(1));
  }

  @Test
  void itHasWholeMilliseconds() {
    DatabaseClock clock = new DatabaseClock(store.database(), Clock.systemUTC());

    Instant now = clock.instant();
    assertThat(now).isEqualTo(now.truncatedTo(ChronoUnit.MILLIS));
  }

  @Test
  void aStepOfTheMachinesClockChangesNothingButTheOffset() {
    SettableClock machine = new SettableClock();
    machine.set(Instant.now());
    DatabaseClock clock = new DatabaseClock(store.database(), machine, nanos::get);
    Instant before = clock.instant();
    Duration offset = clock.offset().orElseThrow();

    machine.advance(Duration.ofMinutes(5));

    assertThat(clock.instant()).isEqualTo(before);
    assertThat(clock.offset()).contains(offset.minusMinutes(5));
  }

  @Test
  void betweenTwoQuestionsTimePassesAsTheMonotonicClockSays() {
    DatabaseClock clock = new DatabaseClock(store.database(), Clock.systemUTC(), nanos::get);
    Instant before = clock.instant();

    nanos.addAndGet(TimeUnit.HOURS.toNanos(1));
    assertThat(clock.instant()).isEqualTo(before.plus(Duration.ofHours(1)));

    clock.measure();
    assertThat(clock.instant()).isCloseTo(Instant.now(), within(30, ChronoUnit.SECONDS));
  }

  @Test
  void anAnswerThatMayAgreeWithWhatIsKnownChangesNothing() {
    AtomicLong step = new AtomicLong();
    DatabaseClock clock =
        new DatabaseClock(store.database(), Clock.systemUTC(), () -> nanos.getAndAdd(step.get()));
    long began = nanos.get();
    Instant before = clock.instant();

    // The answer was on its way for two hours, and may have been given at once.
    step.set(TimeUnit.HOURS.toNanos(2));
    clock.measure();

    step.set(0);
    nanos.set(began);
    assertThat(clock.instant()).isEqualTo(before);
  }

  @Test
  void withoutAnAnswerTheLastOneCountsAndTheOffsetIsUnknownAfterAWhile() throws Exception {
    DatabaseClock clock = new DatabaseClock(store.database(), Clock.systemUTC(), nanos::get);
    Instant before = clock.instant();
    server.execute("drop database %s with (force)".formatted(databaseName));

    assertThatThrownBy(clock::measure).isInstanceOf(RuntimeException.class);
    assertThat(clock.instant()).isEqualTo(before);
    assertThat(clock.offset()).isPresent();
    nanos.addAndGet(TimeUnit.MINUTES.toNanos(2));
    assertThat(clock.offset()).isEmpty();
  }

  @Test
  void sqliteHasTheMachinesClock(@TempDir Path directory) throws Exception {
    SettableClock machine = new SettableClock();
    try (TestStore file = TestStore.open(TestStore.sqlite(directory.resolve("ss.db")))) {
      DatabaseClock clock = new DatabaseClock(file.database(), machine);
      clock.measure();

      assertThat(clock.instant()).isEqualTo(machine.instant());
      assertThat(clock.offset()).contains(Duration.ZERO);
    }
  }

  /** A worker whose lease is 40 s on a machine whose clock is minutes off. */
  private final class SkewedWorker implements AutoCloseable {
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch lookedForDead = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final AtomicInteger dead = new AtomicInteger();
    private final Scheduler scheduler;

    SkewedWorker(String name, int minutes) {
      DatabaseClock clock = new DatabaseClock(store.database(), machineOffBy(minutes));
      Attempts attempts = new Attempts(store.database(), clock);
      Claims claims = new Claims(store.database(), attempts, name, List.of(TYPE), clock, () -> {});
      Task<Void> task =
          Tasks.custom(Execution.task(TYPE.name()))
              .onDeadExecution((complete, operations) -> dead.incrementAndGet())
              .execute(
                  (instance, context) -> {
                    running.countDown();
                    awaitEnd();
                    return (complete, operations) -> {};
                  });
      scheduler =
          claims
              .scheduler(List.of(task))
              .schedulerName(new SchedulerName.Fixed(name))
              .threads(1)
              .pollingInterval(Duration.ofMillis(20))
              .heartbeatInterval(Duration.ofSeconds(10))
              .missedHeartbeatsLimit(4)
              .shutdownMaxWait(Duration.ofMillis(100))
              .addSchedulerListener(
                  new AbstractSchedulerListener() {
                    @Override
                    public void onSchedulerEvent(SchedulerEventType type) {
                      if (type == SchedulerEventType.RAN_DETECT_DEAD) {
                        lookedForDead.countDown();
                      }
                    }
                  })
              .build();
      scheduler.start();
    }

    private void awaitEnd() {
      try {
        mayEnd.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() {
      mayEnd.countDown();
      scheduler.stop();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-5, 5})
  void aWorkerOnAMachineWithAWrongClockNeitherLosesItsJobsNorTakesOthers(int minutes)
      throws Exception {
    Clock right = new DatabaseClock(store.database(), Clock.systemUTC());
    try (SkewedWorker one = new SkewedWorker("one", minutes)) {
      Job job = submitAt(right.instant());
      assertThat(one.running.await(60, TimeUnit.SECONDS)).isTrue();
      try (SkewedWorker other = new SkewedWorker("other", -minutes)) {
        assertThat(other.lookedForDead.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(other.dead).hasValue(0);
        assertThat(store.job(job.id()).startedAt().orElseThrow())
            .isCloseTo(right.instant(), within(60, ChronoUnit.SECONDS))
            .isAfterOrEqualTo(job.createdAt());

        Job later = submitAt(right.instant().plusSeconds(1));
        assertThat(other.running.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(store.job(later.id()).startedAt().orElseThrow())
            .isBetween(later.runAt(), right.instant());
      }
    }
  }

  private Job submitAt(Instant runAt) {
    NewJob job = store.newJob().runAt(runAt).build();
    return store.submit(job);
  }
}
