package dev.ss.bench.jobs;

import dev.ss.boot.RepeatedFailures;
import dev.ss.bridge.BridgeRegistry;
import dev.ss.config.DatabaseSection;
import dev.ss.config.RetrySection;
import dev.ss.config.WorkerSection;
import dev.ss.metrics.JobMetrics;
import dev.ss.store.Database;
import dev.ss.store.WakeUpListener;
import dev.ss.store.WakeUpListener.Listening;
import dev.ss.worker.claim.ClaimSettings;
import dev.ss.worker.claim.Claimer;
import dev.ss.worker.claim.EndCounter;
import dev.ss.worker.claim.RunningJobs;
import dev.ss.worker.metrics.AttemptMetrics;
import dev.ss.worker.metrics.BusySeconds;
import dev.ss.worker.metrics.CostMetrics;
import dev.ss.worker.metrics.ObjectiveMetrics;
import dev.ss.worker.metrics.WorkerMetrics;
import dev.ss.worker.run.Runner;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** SS's worker with a given runner. */
final class OurWorker implements SideOfComparison {
  /** As in the worker's application. */
  private static final int WRITERS = 4;

  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private final Database database;
  private final RunningJobs running;
  private final Claimer claimer;
  private final WakeUpListener wakeUps;

  OurWorker(DatabaseSection where, String id, int slots, Runner runner) {
    Clock clock = Clock.tick(Clock.systemUTC(), Duration.ofMillis(1));
    BridgeRegistry registry = new BridgeRegistry();
    BusySeconds busy = new BusySeconds(System::nanoTime);
    database = where.open(WRITERS);
    running = new RunningJobs(busy);
    claimer =
        new Claimer(
            settings(id, slots),
            database,
            runner,
            running,
            new EndCounter(
                new JobMetrics(registry, JobMetrics.OF_WORKER, List.of(OurApi.JOB_TYPE)),
                new AttemptMetrics(registry, List.of(OurApi.JOB_TYPE)),
                new ObjectiveMetrics(registry, List.of()),
                new CostMetrics(registry, List.of(OurApi.JOB_TYPE))),
            new RepeatedFailures("A claim", "claims"),
            new WorkerMetrics(registry, id, slots, running::count, busy, clock),
            clock,
            System::nanoTime);
    wakeUps = database.wakeUpListener(new Listening(OurApi.JOB_TYPE::equals, claimer::lookNow));
  }

  /** The defaults of config.yml, but a longer heartbeat interval. */
  private static ClaimSettings settings(String id, int slots) {
    WorkerSection section = WorkerSection.defaults();
    return new ClaimSettings(
        id,
        List.of(OurApi.TYPE),
        slots,
        RetrySection.defaults().backoff(),
        section.pollInterval().toJavaDuration(),
        Duration.ofSeconds(10),
        section.gracePeriod().toJavaDuration(),
        section.killGracePeriod().toJavaDuration());
  }

  /** Returns a runner that records when each job begins. */
  static Runner noting(Entries entries, Runner runner) {
    return (attempt, input, killSwitch, commandEnded) -> {
      entries.one();
      return runner.run(attempt, input, killSwitch, commandEnded);
    };
  }

  @Override
  public void start() {
    Failing.loudly(database::start);
    claimer.start();
  }

  /** Also looks for jobs when the database notifies the worker. */
  void listen() {
    wakeUps.start();
  }

  @Override
  public void awaitIdle() {
    Waiting.until(() -> running.count() == 0, PATIENCE_NANOS, () -> running.count() + " run");
  }

  @Override
  public void close() {
    wakeUps.stop();
    claimer.drain();
    Failing.loudly(database::stop);
  }
}
