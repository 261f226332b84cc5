package dev.ss.api.report;

import dev.ss.job.JobState;
import dev.ss.job.NextStep;
import dev.ss.job.Output;
import dev.ss.job.RunResult;
import dev.ss.job.WorkerStatus;
import dev.ss.store.ManualWorker;
import dev.ss.store.TestStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Makes situations in an API's database, as clients and workers would. */
final class JobsAndWorkers {
  private static final UUID INSTANCE = new UUID(1, 1);
  private final TestStore store;

  JobsAndWorkers(TestStore store) {
    this.store = store;
    store.clock().set(Instant.now());
  }

  /** Does something as of some time ago. */
  JobsAndWorkers ago(int seconds, Runnable work) {
    store.clock().set(Instant.now().minusSeconds(seconds));
    work.run();
    store.clock().set(Instant.now());
    return this;
  }

  /** A worker that is live for all types, with four slots. */
  JobsAndWorkers worker() {
    return worker("w", false, 0, "report", "resize", "single");
  }

  JobsAndWorkers worker(String id, boolean draining, int busy, String... types) {
    Instant now = store.clock().instant();
    store
        .workers()
        .beat(
            new WorkerStatus(id, draining, 4, busy, List.of(types), now, now, Optional.empty()),
            INSTANCE);
    return this;
  }

  JobsAndWorkers submitted(String type, int number) {
    for (int i = 0; i < number; i++) {
      store.submit(store.newJob().type(type).build());
    }
    return this;
  }

  JobsAndWorkers scheduled(String type, int number) {
    for (int i = 0; i < number; i++) {
      store.submit(
          store.newJob().type(type).runAt(store.clock().instant().plusSeconds(3600)).build());
    }
    return this;
  }

  JobsAndWorkers running(String type, int number) {
    submitted(type, number);
    of(type).claim(number);
    return this;
  }

  JobsAndWorkers succeeded(String type, int number) {
    return ended(type, number, 0, new NextStep.Finish(JobState.SUCCEEDED));
  }

  JobsAndWorkers failed(String type, int number) {
    return ended(type, number, 3, new NextStep.Finish(JobState.FAILED));
  }

  JobsAndWorkers toBeRepeated(String type, int number) {
    return ended(type, number, 3, new NextStep.Requeue(Duration.ofMinutes(10), false));
  }

  private JobsAndWorkers ended(String type, int number, int exitCode, NextStep next) {
    for (int i = 0; i < number; i++) {
      store.clock().advance(Duration.ofMillis(1));
      submitted(type, 1);
      of(type).start().finish(RunResult.exited(exitCode, Output.empty(), Output.empty()), next);
    }
    return this;
  }

  private ManualWorker of(String type) {
    return store.worker("w", List.of(TestStore.type(type, Optional.empty())));
  }
}
