package dev.ss.worker.claim;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import dev.ss.job.Attempt;
import dev.ss.job.JobEvent;
import dev.ss.job.RunOutcome;
import dev.ss.job.RunResult;
import dev.ss.metrics.JobMetrics;
import dev.ss.store.Attempts.Started;
import dev.ss.store.Claims;
import dev.ss.store.Execution;
import dev.ss.worker.run.Runner;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt: take it as started, run it, finish it in the database, count it. */
final class AttemptFlow {
  private static final Logger LOG = LoggerFactory.getLogger(AttemptFlow.class);

  private final Claims claims;
  private final Runner runner;
  private final RunningJobs running;
  private final Finisher finisher;
  private final JobMetrics metrics;
  private final JobMetrics.Runs runs;
  private final Consumer<Attempt> ended;

  /**
   * Attempts of this worker.
   *
   * @param ended is told of each when it has been written down
   */
  AttemptFlow(
      Claims claims,
      Runner runner,
      RunningJobs running,
      Finisher finisher,
      JobMetrics metrics,
      JobMetrics.Runs runs,
      Consumer<Attempt> ended) {
    this.claims = claims;
    this.runner = runner;
    this.running = running;
    this.finisher = finisher;
    this.metrics = metrics;
    this.runs = runs;
    this.ended = ended;
  }

  /** What db-scheduler calls with an execution it has picked. */
  CompletionHandler<Void> execute(TaskInstance<Void> instance, ExecutionContext context) {
    Optional<Started> started = claims.take(Execution.of(instance));
    if (started.isEmpty()) {
      // Cancelled between being picked and being started.
      return (complete, execution) -> execution.remove();
    }
    Attempt attempt = started.get().attempt();
    metrics.happened(JobEvent.STARTED);
    runs.started(attempt);
    RunningJobs.Slot slot = running.begin(attempt);
    try {
      long begin = System.nanoTime();
      RunResult result = runner.run(attempt, started.get().input(), slot.killSwitch());
      Duration ran = Duration.ofNanos(System.nanoTime() - begin);
      return (complete, execution) -> end(slot, result, ran, execution);
    } catch (RuntimeException | Error e) {
      running.end(slot);
      throw e;
    }
  }

  private void end(
      RunningJobs.Slot slot, RunResult result, Duration ran, ExecutionOperations<Void> execution) {
    try {
      if (result.outcome() == RunOutcome.LOST) {
        // Whoever finds the execution dead goes on from here, and counts this attempt.
        LOG.warn(
            "Job {} is no longer this worker's; its command was killed.", slot.attempt().jobId());
      } else {
        finisher.finish(slot.attempt(), result, ran, execution);
      }
    } finally {
      running.end(slot);
      ended.accept(slot.attempt());
    }
  }
}
