package dev.ss.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ss.job.Job;
import dev.ss.job.JobType;
import dev.ss.job.NewJob;
import dev.ss.testkit.postgres.PostgresServer;
import dev.ss.testkit.unit.SettableClock;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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

  @AutoClose private static final PostgresServer server = PostgresServer.temporary();

  private final AtomicLong nanos = new AtomicLong(42);
  private String databaseName;
  private TestStore store;

  @BeforeEach
  void open() throws Exception {
    DatabaseSettings settings = TestStore.newDatabase(server);
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
    DatabaseClock clock = store.database().clock(machineOffBy(minutes));

    // The embedded server has the clock of this machine.
    assertThat(clock.instant()).isCloseTo(Instant.now(), within(1, ChronoUnit.SECONDS));
    assertThat(clock.offset().orElseThrow())
        .isCloseTo(Duration.ofMinutes(-minutes), Duration.ofSeconds(1));
  }

  @Test
  void itHasWholeMilliseconds() {
    DatabaseClock clock = store.database().clock(Clock.systemUTC());

    Instant now = clock.instant();
    assertThat(now).isEqualTo(now.truncatedTo(ChronoUnit.MILLIS));
  }

  @Test
  void aStepOfTheMachinesClockChangesNothingButTheOffset() {
    SettableClock machine = new SettableClock();
    machine.set(Instant.now());
    DatabaseClock clock = store.database().clock(machine, nanos::get);
    Instant before = clock.instant();
    Duration offset = clock.offset().orElseThrow();

    machine.advance(Duration.ofMinutes(5));

    assertThat(clock.instant()).isEqualTo(before);
    assertThat(clock.offset()).contains(offset.minusMinutes(5));
  }

  @Test
  void betweenTwoQuestionsTimePassesAsTheMonotonicClockSays() {
    DatabaseClock clock = store.database().clock(Clock.systemUTC(), nanos::get);
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
        store.database().clock(Clock.systemUTC(), () -> nanos.getAndAdd(step.get()));
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
    DatabaseClock clock = store.database().clock(Clock.systemUTC(), nanos::get);
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
      DatabaseClock clock = file.database().clock(machine);
      clock.measure();

      assertThat(clock.instant()).isEqualTo(machine.instant());
      assertThat(clock.offset()).contains(Duration.ZERO);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-5, 5})
  void aWorkerOnAMachineWithAWrongClockStartsJobsWhenTheyAreDue(int minutes) {
    DatabaseClock right = store.database().clock(Clock.systemUTC());
    ManualWorker skewed =
        new ManualWorker(
            store.database(), "w", List.of(TYPE), store.database().clock(machineOffBy(minutes)));
    Job due = submitAt(right.instant());
    submitAt(right.instant().plusSeconds(60));

    assertThat(skewed.claim(8))
        .extracting(started -> started.attempt().jobId())
        .containsExactly(due.id());
    assertThat(store.job(due.id()).startedAt().orElseThrow())
        .isCloseTo(right.instant(), within(30, ChronoUnit.SECONDS));
  }

  private Job submitAt(Instant runAt) {
    NewJob job = store.newJob().runAt(runAt).build();
    return store.submit(job);
  }
}
