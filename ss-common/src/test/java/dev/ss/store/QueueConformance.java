package dev.ss.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.job.JobState;
import dev.ss.job.JobType;
import dev.ss.job.Limits;
import dev.ss.job.NextStep;
import dev.ss.job.Objective;
import dev.ss.job.Objectives;
import dev.ss.job.Output;
import dev.ss.job.QueueState;
import dev.ss.job.QueueStats;
import dev.ss.job.QueueStats.Count;
import dev.ss.job.RunResult;
import dev.ss.job.WorkerState;
import dev.ss.job.WorkerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

interface QueueConformance extends OnStore {

  private QueueStats stats() {
    return new QueueStatsQuery(
            store().database(), store().workers(), Duration.ofSeconds(20), store().clock())
        .stats();
  }

  @Test
  default void anEmptyQueueHasNoNumbers() {
    assertThat(stats())
        .isEqualTo(new QueueStats(List.of(), List.of(), Map.of(), Map.of(), Map.of()));
  }

  @Test
  default void jobsAreCountedByTypeAndState() {
    ManualWorker worker = store().worker();
    store().submit(store().newJob().type("first").priority(9).build());
    worker.start();
    store().submit(store().newJob().type("first").build());
    store().submit(store().newJob().type("second").build());
    store().submit(store().newJob().type("second").build());
    Instant later = store().clock().instant().plusSeconds(60);
    store().submit(store().newJob().type("second").runAt(later).build());

    assertThat(stats().jobs())
        .containsExactlyInAnyOrder(
            new Count("first", QueueState.RUNNING, 1, Duration.ZERO),
            new Count("first", QueueState.READY, 1, Duration.ZERO),
            new Count("second", QueueState.READY, 2, Duration.ZERO),
            new Count("second", QueueState.SCHEDULED, 1, Duration.ZERO));
  }

  @Test
  default void finishedJobsAreNotCounted() {
    ManualWorker worker = store().worker();
    store().submit();
    worker
        .start()
        .finish(
            RunResult.exited(0, Output.empty(), Output.empty()),
            new NextStep.Finish(JobState.SUCCEEDED));

    assertThat(stats().jobs()).isEmpty();
  }

  @Test
  default void theAgeOfATypesReadyJobsIsThatOfTheOneThatHasWaitedLongest() {
    Instant soon = store().clock().instant().plusSeconds(50);
    store().submit(store().newJob().type("first").runAt(soon).build());
    store().clock().advance(Duration.ofSeconds(40));
    assertThat(stats().jobs())
        .containsExactly(new Count("first", QueueState.SCHEDULED, 1, Duration.ZERO));

    store().clock().advance(Duration.ofSeconds(15));
    store().submit(store().newJob().type("first").build());
    store().submit(store().newJob().type("second").build());
    assertThat(stats().jobs())
        .containsExactlyInAnyOrder(
            new Count("first", QueueState.READY, 2, Duration.ofSeconds(5)),
            new Count("second", QueueState.READY, 1, Duration.ZERO));
  }

  @Test
  default void theAgeOfRunningJobsIsTimedFromTheirStart() {
    ManualWorker worker = store().worker();
    store().submit(store().newJob().type("first").build());
    store().clock().advance(Duration.ofSeconds(30));
    worker.start();
    store().clock().advance(Duration.ofSeconds(7));

    assertThat(stats().jobs())
        .containsExactly(new Count("first", QueueState.RUNNING, 1, Duration.ofSeconds(7)));
  }

  @Test
  default void jobsThatHaveMissedAnObjectiveCountBeforeTheyStartAndWhileTheyRun() {
    store().submit(store().newJob().type("first").build());
    store().clock().advance(Duration.ofSeconds(31));
    store().submit(store().newJob().type("first").build());
    store().submit(store().newJob().type("second").build());
    assertThat(overdue())
        .isEqualTo(
            Map.of(
                "first", Map.of(Objective.START, 1L, Objective.END, 0L),
                "second", Map.of(Objective.END, 0L)));

    store().clock().advance(Duration.ofSeconds(30));
    assertThat(overdue())
        .isEqualTo(
            Map.of(
                "first", Map.of(Objective.START, 1L, Objective.END, 1L),
                "second", Map.of(Objective.END, 0L)));

    store().worker().start();
    assertThat(overdue())
        .isEqualTo(
            Map.of(
                "first", Map.of(Objective.START, 0L, Objective.END, 1L),
                "second", Map.of(Objective.END, 0L)));
  }

  @Test
  default void aJobIsNotOverdueBeforeItIsDue() {
    Instant later = store().clock().instant().plusSeconds(3600);
    store().submit(store().newJob().type("first").runAt(later).build());
    store().clock().advance(Duration.ofSeconds(3610));
    store().worker().start();

    assertThat(overdue().get("first")).isEqualTo(Map.of(Objective.START, 0L, Objective.END, 0L));
  }

  private Map<String, Map<Objective, Long>> overdue() {
    return new OverdueJobsQuery(
            store().database(),
            List.of(
                promised("first", Optional.of(Duration.ofSeconds(30))),
                promised("second", Optional.empty()),
                TestStore.type("third", Optional.empty())),
            store().clock())
        .overdue();
  }

  private static JobType promised(String name, Optional<Duration> startWithin) {
    return new JobType(
        name,
        List.of("true"),
        Duration.ofMinutes(1),
        3,
        Optional.empty(),
        Limits.NONE,
        new Objectives(startWithin, Optional.of(Duration.ofSeconds(60)), true, 0.99));
  }

  @Test
  default void liveWorkersAreCountedForEachTypeThatTheyRun() {
    putWorker("silent", false, "first");
    store().clock().advance(Duration.ofSeconds(21));
    putWorker("live-1", false, "first", "second");
    putWorker("live-2", false, "second");
    putWorker("stopping", true, "third");

    assertThat(stats().liveWorkers()).isEqualTo(Map.of("first", 1L, "second", 2L));
  }

  @Test
  default void workersAreCountedByTheirState() {
    putWorker("silent", false, "any");
    store().clock().advance(Duration.ofSeconds(21));
    putWorker("live-1", false, "any");
    putWorker("live-2", false, "any");
    putWorker("stopping", true, "any");

    assertThat(stats().workers())
        .isEqualTo(Map.of(WorkerState.LIVE, 2L, WorkerState.DRAINING, 1L, WorkerState.STALE, 1L));
  }

  private void putWorker(String id, boolean draining, String... jobTypes) {
    Instant now = store().clock().instant();
    store()
        .workers()
        .beat(
            new WorkerStatus(id, draining, 4, 0, List.of(jobTypes), now, now, Optional.empty()),
            new UUID(1, 1));
  }

  @Test
  default void aTraceIsStoredWithItsJobAndComesWithItsAttempts() {
    String text = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    ManualWorker worker = store().worker();
    store().submit(store().newJob().traceParent(text).build());

    assertThat(worker.start().attempt().traceParent().orElseThrow().text()).isEqualTo(text);
  }
}
