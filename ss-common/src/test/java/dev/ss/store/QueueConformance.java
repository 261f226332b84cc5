package dev.ss.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.job.JobState;
import dev.ss.job.NextStep;
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
    assertThat(stats()).isEqualTo(new QueueStats(List.of(), Map.of(), Map.of()));
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
