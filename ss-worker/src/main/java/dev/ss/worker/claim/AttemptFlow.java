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
import dev.ss.store.Attempts;
import dev.ss.store.Execution;
import dev.ss.worker.run.Runner;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt: start it in the database, run it, finish it in the database, count it. */
final class AttemptFlow {
  private static final Logger LOG = LoggerFactory.getLogger(AttemptFlow.class);

  private final String workerId;
  private final Attempts attempts;
  private final Runner runner;
  private final RunningJobs running;
  private final Finisher finisher;
  private final JobMetrics metrics;
  private final JobMetrics.Runs runs;

  AttemptFlow(
      String workerId,
      Attempts attempts,
      Runner runner,
      RunningJobs running,
      Finisher finisher,
      JobMetrics metrics,
      JobMetrics.Runs runs) {
    this.workerId = workerId;
    this.attempts = attempts;
    this.runner = runner;
    this.running = running;
    this.finisher = finisher;
    this.metrics = metrics;
    this.runs = runs;
  }

  /** What db-scheduler calls with an execution it has picked. */
  CompletionHandler<Void> execute(TaskInstance<Void> instance, ExecutionContext context) {
    Optional<Attempt> started = attempts.start(Execution.of(instance), workerId);
    if (started.isEmpty()) {
      // Cancelled between being picked and being started.
      return (complete, execution) -> execution.remove();
    }
    Attempt attempt = started.get();
    metrics.happened(JobEvent.STARTED);
    runs.started(attempt);
    RunningJobs.Slot slot = running.begin(attempt);
    try {
      long begin = System.nanoTime();
      RunResult result = runner.run(attempt, attempts.input(attempt.jobId()), slot.killSwitch());
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
    }
  }
}
