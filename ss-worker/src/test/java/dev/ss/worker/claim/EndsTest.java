package dev.ss.worker.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import dev.ss.CapturedLog;
import dev.ss.job.Attempt;
import dev.ss.job.Backoff;
import dev.ss.job.Job;
import dev.ss.job.JobState;
import dev.ss.job.Output;
import dev.ss.job.RunResult;
import dev.ss.metrics.JobMetrics;
import dev.ss.metrics.bridge.BridgeRegistry;
import dev.ss.store.DatabaseUnavailableException;
import dev.ss.store.ManualWorker;
import dev.ss.store.TestStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How ends are written down: an attempt's own, and that of one whose worker is lost. */
class EndsTest {
  private static final RunResult SUCCEEDED = RunResult.exited(0, Output.empty(), Output.empty());
  private static final String WAITS = "waits for the database";

  private final List<Attempt> ended = new ArrayList<>();

  @TempDir private Path directory;
  private TestStore store;
  private CapturedLog log;
  private Job job;
  private ManualWorker.Started started;
  private ManualWorker.Claim claim;

  @BeforeEach
  void startAJob() throws Exception {
    store = TestStore.open(TestStore.sqlite(directory.resolve("ss.db")));
    log = CapturedLog.of(Finisher.class.getPackage());
    job = store.submit();
    ManualWorker worker = store.worker();
    claim = worker.claim();
    started = worker.start(claim);
  }

  @AfterEach
  void close() {
    log.close();
    store.close();
  }

  private Finisher finisher(Duration lease) {
    BridgeRegistry registry = new BridgeRegistry();
    return new Finisher(
        store.attempts(),
        new Backoff(Duration.ZERO, 1, Duration.ZERO, 0, () -> 0),
        new JobMetrics(registry),
        new JobMetrics.Runs(registry, List.of(job.jobType())),
        lease,
        Clock.systemUTC());
  }

  private void finish(Finisher finisher) {
    finisher.finish(started.attempt(), SUCCEEDED, Duration.ZERO, claim.operations());
  }

  private void awaitLog(String part) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> log.messages().stream().anyMatch(line -> line.contains(part)));
  }

  /** Longer than a few tries take. */
  @Test
  void anEndIsWrittenWhenTheDatabaseIsBackWithinTheLease() {
    Finisher finisher = finisher(Duration.ofMinutes(5));
    List<CompletableFuture<Void>> trying = new ArrayList<>();
    store.without(
        "job_outputs",
        () -> {
          trying.add(CompletableFuture.runAsync(() -> finish(finisher)));
          awaitLog(WAITS);
          Awaitility.await()
              .atMost(Duration.ofSeconds(30))
              .during(Duration.ofSeconds(4))
              .until(() -> !trying.get(0).isDone());
        });

    trying.get(0).orTimeout(30, TimeUnit.SECONDS).join();

    assertThat(store.job(job.id()).state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(log.messages()).as("said once").filteredOn(line -> line.contains(WAITS)).hasSize(1);
  }

  @Test
  void afterTheLeaseItIsLeftToWhoeverFindsIt() {
    Finisher finisher = finisher(Duration.ofMillis(300));

    store.without(
        "job_outputs",
        () ->
            assertThatThrownBy(() -> finish(finisher))
                .isInstanceOf(DatabaseUnavailableException.class));

    assertThat(store.job(job.id()).state()).isEqualTo(JobState.RUNNING);
  }

  @Test
  void aWorkerWhoseTimeIsOverTriesNoMore() {
    Finisher finisher = finisher(Duration.ofDays(1));
    store.without(
        "job_outputs",
        () -> {
          var trying = CompletableFuture.runAsync(() -> finish(finisher));
          awaitLog(WAITS);

          finisher.stop();

          assertThatThrownBy(() -> trying.orTimeout(30, TimeUnit.SECONDS).join())
              .hasCauseInstanceOf(DatabaseUnavailableException.class);
        });
  }

  @Test
  void whoIsTooLateSaysSo() {
    recover(1);

    finish(finisher(Duration.ofMinutes(5)));

    assertThat(log.messages()).last().asString().contains("was taken from this worker");
    assertThat(store.job(job.id()).state()).isNotEqualTo(JobState.SUCCEEDED);
  }

  @Test
  void whatTwoWorkersFindDeadIsRecoveredOnceWithoutAnyWarning() {
    recover(2);

    assertThat(ended).containsExactly(started.attempt());
    assertThat(log.messages()).filteredOn(EndsTest::isWarning).isEmpty();
  }

  @Test
  void whatItsOwnWorkerHasEndedIsNotRecovered() {
    finish(finisher(Duration.ofMinutes(5)));

    recover(1);

    assertThat(ended).isEmpty();
    assertThat(log.messages()).filteredOn(EndsTest::isWarning).isEmpty();
    assertThat(store.job(job.id()).state()).isEqualTo(JobState.SUCCEEDED);
  }

  private static boolean isWarning(String line) {
    return line.startsWith("WARN") || line.startsWith("ERROR");
  }

  private void recover(int times) {
    Clock clock = Clock.systemUTC();
    DeadExecutions dead =
        new DeadExecutions(store.attempts(), finisher(Duration.ZERO), ended::add, clock);
    String id = job.id() + "." + started.attempt().run();
    ExecutionComplete execution =
        ExecutionComplete.failure(
            new com.github.kagkarlsson.scheduler.task.Execution(
                clock.instant(), new TaskInstance<>(job.jobType(), id)),
            clock.instant(),
            clock.instant(),
            null);
    for (int i = 0; i < times; i++) {
      dead.deadExecution(execution, claim.operations());
    }
  }
}
