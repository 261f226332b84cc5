package dev.ss.worker.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.ss.boot.RepeatedFailures;
import dev.ss.bridge.BridgeRegistry;
import dev.ss.job.Attempt;
import dev.ss.job.Backoff;
import dev.ss.job.ErrorCode;
import dev.ss.job.Job;
import dev.ss.job.JobState;
import dev.ss.job.NextStep;
import dev.ss.job.Output;
import dev.ss.job.RunOutcome;
import dev.ss.job.RunResult;
import dev.ss.metrics.JobMetrics;
import dev.ss.store.TestStore;
import dev.ss.testkit.unit.CapturedLog;
import dev.ss.worker.metrics.AttemptMetrics;
import dev.ss.worker.metrics.BusySeconds;
import dev.ss.worker.metrics.CostMetrics;
import dev.ss.worker.metrics.ObjectiveMetrics;
import dev.ss.worker.metrics.WorkerMetrics;
import dev.ss.worker.run.KillSwitch;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a due job to its stored end, with commands that the test ends. */
class ClaimerTest {
  private static final RunResult SUCCEEDED = RunResult.exited(0, Output.empty(), Output.empty());

  private static final int MAX_ROWS = 1000;

  @TempDir private Path directory;
  private final BlockingQueue<Command> commands = new LinkedBlockingQueue<>();
  private final RunningJobs running = new RunningJobs(new BusySeconds(System::nanoTime));
  private TestStore store;
  private CapturedLog log;
  private CapturedLog failureLog;
  private Claimer claimer;

  /** A running command, which ends when the test says so or when it is killed. */
  private static final class Command {
    private static final long LOOK_NANOS = 1_000_000;

    private final Attempt attempt;
    private final KillSwitch killSwitch;
    private final CompletableFuture<RunResult> result = new CompletableFuture<>();

    Command(Attempt attempt, KillSwitch killSwitch) {
      this.attempt = attempt;
      this.killSwitch = killSwitch;
    }

    RunResult run() {
      while (!result.isDone()) {
        for (KillSwitch.Reason reason : KillSwitch.Reason.values()) {
          if (killSwitch.isThrown(reason)) {
            result.complete(killed(reason));
          }
        }
        LockSupport.parkNanos(LOOK_NANOS);
      }
      return result.join();
    }

    private static RunResult killed(KillSwitch.Reason reason) {
      return switch (reason) {
        case CANCELLED -> killed(RunOutcome.CANCELLED, ErrorCode.CANCELLED);
        case STOPPING -> killed(RunOutcome.INTERRUPTED, ErrorCode.INTERRUPTED);
        case LEASE_LOST -> killed(RunOutcome.LOST, ErrorCode.WORKER_LOST);
      };
    }

    private static RunResult killed(RunOutcome outcome, ErrorCode why) {
      return RunResult.killed(outcome, why, Output.empty(), Output.empty());
    }
  }

  @BeforeEach
  void open() throws Exception {
    store = TestStore.open(TestStore.sqlite(directory.resolve("ss.db")));
    store.clock().set(Instant.now());
    log = CapturedLog.of(Claimer.class.getPackage());
    failureLog = CapturedLog.of(RepeatedFailures.class.getPackage());
    BridgeRegistry registry = new BridgeRegistry();
    claimer =
        new Claimer(
            settings(),
            store.database(),
            (attempt, input, killSwitch, commandEnded) -> {
              Command command = new Command(attempt, killSwitch);
              commands.add(command);
              return command.run();
            },
            running,
            new EndCounter(
                new JobMetrics(registry, JobMetrics.OF_WORKER, List.of("word-count")),
                new AttemptMetrics(registry, List.of("word-count")),
                new ObjectiveMetrics(registry, List.of()),
                new CostMetrics(registry, List.of("word-count"))),
            new RepeatedFailures("A claim", "claims"),
            new WorkerMetrics(
                registry, "w", 2, running::count, new BusySeconds(System::nanoTime), store.clock()),
            store.clock(),
            System::nanoTime);
    claimer.start();
  }

  private static ClaimSettings settings() {
    Duration moment = Duration.ofMillis(20);
    return new ClaimSettings(
        "w",
        TestStore.TYPES,
        2,
        new Backoff(Duration.ZERO, 1, Duration.ZERO, 0, () -> 0),
        moment,
        Duration.ofMillis(200),
        moment,
        moment);
  }

  @AfterEach
  void close() {
    claimer.drain();
    // A query that is in progress has a connection.
    await().until(() -> !isWorking());
    log.close();
    failureLog.close();
    store.close();
  }

  private static boolean isWorking() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .anyMatch(Set.of("claim-loop", "ownership-watch")::contains);
  }

  private static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofSeconds(60));
  }

  private Command next() throws InterruptedException {
    Command command = commands.poll(60, TimeUnit.SECONDS);
    assertThat(command).isNotNull();
    return command;
  }

  private void awaitState(Job job, JobState state) {
    await().until(() -> store.job(job.id()).state() == state);
  }

  private List<String> messages(String part) {
    return log.messages().stream().filter(line -> line.contains(part)).toList();
  }

  @Test
  void aDueJobRunsAndItsEndIsStored() throws Exception {
    Job job = store.submit();

    next().result.complete(SUCCEEDED);

    awaitState(job, JobState.SUCCEEDED);
    await().until(() -> running.count() == 0);
  }

  /** The second comes too soon to be written at once, so the stopping worker writes it. */
  @Test
  void theLastSuccessOfATypeIsStoredWhenTheWorkerHasStopped() throws Exception {
    Job first = store.submit();
    next().result.complete(SUCCEEDED);
    awaitState(first, JobState.SUCCEEDED);
    store.clock().advance(Duration.ofSeconds(1));
    Job second = store.submit();
    next().result.complete(SUCCEEDED);
    awaitState(second, JobState.SUCCEEDED);

    claimer.drain();

    assertThat(store.jobTypeStates().lastSuccesses().get("word-count"))
        .isEqualTo(store.job(second.id()).finishedAt().orElseThrow());
  }

  @Test
  void aJobThatFailsIsNoSuccess() throws Exception {
    Job job = store.submit(store.newJob().maxAttempts(1).build());
    next().result.complete(RunResult.exited(1, Output.empty(), Output.empty()));
    awaitState(job, JobState.FAILED);

    claimer.drain();

    assertThat(store.jobTypeStates().lastSuccesses()).isEmpty();
  }

  @Test
  void noMoreRunAtOnceThanThereAreSlots() throws Exception {
    for (int i = 0; i < 3; i++) {
      store.submit();
    }
    Command first = next();
    next();
    assertThat(running.count()).isEqualTo(2);
    assertThat(commands).isEmpty();

    first.result.complete(SUCCEEDED);

    next();
  }

  @Test
  void aCancelledJobsCommandIsKilled() throws Exception {
    Job job = store.submit();
    next();

    store.control().cancel(job.id(), Optional.empty());

    awaitState(job, JobState.CANCELLED);
  }

  @Test
  void aJobThatWasTakenAwayIsKilledAndWritesNothing() throws Exception {
    Job job = store.submit(store.newJob().maxAttempts(1).build());
    next();

    store.lostJobs().recoverAll("w", attempt -> new NextStep.Finish(JobState.FAILED));

    await().until(() -> running.count() == 0);
    assertThat(store.job(job.id()).state()).isEqualTo(JobState.FAILED);
    assertThat(messages("another worker owns it now; its command was killed")).hasSize(1);
  }

  @Test
  void aLineAboutAnAttemptHasTheIdsOfItsJobAndItsTrace() throws Exception {
    Job job =
        store.submit(
            store
                .newJob()
                .maxAttempts(1)
                .traceParent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                .build());

    next();
    store.lostJobs().recoverAll("w", attempt -> new NextStep.Finish(JobState.FAILED));

    await().until(() -> running.count() == 0);
    assertThat(log.text().lines().filter(line -> line.contains("another worker owns it now")))
        .singleElement(STRING)
        .contains("job_id=" + job.id(), "trace_id=4bf92f3577b34da6a3ce929d0e0e4736");
  }

  /**
   * As when this process stood still for longer than a lease, and then claims its own job again.
   */
  @Test
  void oneProcessNeverRunsTwoGenerationsOfAJobAtOnce() throws Exception {
    store.submit();
    Command old = next();

    store.lostJobs().recoverAll("w", attempt -> new NextStep.Requeue(Duration.ZERO, false));
    Command current = next();

    assertThat(old.result).isDone();
    assertThat(current.attempt.generation()).isGreaterThan(old.attempt.generation());
    current.result.complete(SUCCEEDED);
  }

  @Test
  void whatWasClaimedWithoutAnAcknowledgementIsGivenBackAtNoCost() {
    Job job = store.submit(store.newJob().type("retired").build());
    store.worker("w", List.of(TestStore.type("retired", Optional.empty()))).start();

    awaitState(job, JobState.QUEUED);

    assertThat(store.job(job.id()).attempt()).isZero();
  }

  @Test
  void anEndIsKeptUntilTheDatabaseTakesItAndThatIsSaidOnce() throws Exception {
    Job job = store.submit();
    Command command = next();
    fillTheDisk();

    command.result.complete(
        RunResult.exited(0, new Output(new byte[100_000], false), Output.empty()));
    await().until(() -> messages("results wait to be stored").size() == 1);
    store.sql("drop table fill");

    awaitState(job, JobState.SUCCEEDED);
    // A claim may have failed before the result came; then it says that none waits.
    assertThat(messages("results wait to be stored")).hasSize(1);
    assertThat(failureLog.messages())
        .hasSize(1)
        .first()
        .asString()
        .contains("A claim failed because of the database");
  }

  /** One connection writes, so its limit is the file's. */
  private void fillTheDisk() {
    store.sql("create table fill (bytes blob)");
    store.sql("pragma max_page_count = 200");
    boolean grows = true;
    for (int rows = 0; grows && rows < MAX_ROWS; rows++) {
      grows = grows();
    }
    assertThat(grows).isFalse();
  }

  private boolean grows() {
    try {
      store.sql("insert into fill values (zeroblob(10000))");
      return true;
    } catch (RuntimeException full) {
      return false;
    }
  }

  @Test
  void aResultThatCannotBeStoredKeepsNoOtherFromIt() throws Exception {
    store.sql(
        """
        create trigger refused before insert on job_attempts when length(new.output) = 3
        begin select raise(abort, 'as intended'); end
        """);
    Job defect = store.submit();
    Job other = store.submit();
    Map<UUID, Integer> sizes = Map.of(defect.id(), 3, other.id(), 4);
    for (int i = 0; i < 2; i++) {
      Command command = next();
      byte[] bytes = new byte[sizes.get(command.attempt.jobId())];
      command.result.complete(RunResult.exited(0, new Output(bytes, false), Output.empty()));
    }

    awaitState(other, JobState.SUCCEEDED);
    awaitState(defect, JobState.FAILED);
    assertThat(store.job(defect.id()).errorCode()).contains("could_not_run");
    assertThat(messages("its result cannot be stored")).hasSize(1);
  }

  @Test
  void aWorkerThatStopsGivesBackWhatDoesNotEndInTime() throws Exception {
    Job job = store.submit();
    next();

    claimer.drain();

    assertThat(store.job(job.id())).returns(JobState.QUEUED, Job::state).returns(0, Job::attempt);
    assertThat(running.count()).isZero();
  }

  @Test
  void aWorkerThatStopsClaimsNoMore() {
    claimer.drain();
    Job job = store.submit();

    claimer.lookNow();

    assertThat(store.job(job.id()).state()).isEqualTo(JobState.QUEUED);
    assertThat(commands).isEmpty();
  }
}
