package dev.ss.worker.claim;

import com.github.kagkarlsson.scheduler.task.DeadExecutionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import dev.ss.job.Attempt;
import dev.ss.job.ErrorCode;
import dev.ss.job.Output;
import dev.ss.job.RunOutcome;
import dev.ss.job.RunResult;
import dev.ss.store.Attempts;
import dev.ss.store.Execution;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Recovers the jobs of workers that have stopped giving heartbeats. */
final class DeadExecutions implements DeadExecutionHandler<Void> {
  private static final RunResult LOST =
      RunResult.killed(RunOutcome.LOST, ErrorCode.WORKER_LOST, Output.empty(), Output.empty());

  private final Attempts attempts;
  private final Finisher finisher;
  private final Clock clock;

  DeadExecutions(Attempts attempts, Finisher finisher, Clock clock) {
    this.attempts = attempts;
    this.finisher = finisher;
    this.clock = clock;
  }

  @Override
  public void deadExecution(ExecutionComplete dead, ExecutionOperations<Void> operations) {
    Execution execution = Execution.of(dead.getExecution().taskInstance);
    Optional<Attempt> attempt = attempts.unfinished(execution);
    if (attempt.isPresent()) {
      Duration ran = Duration.between(attempt.get().startedAt(), clock.instant());
      finisher.finish(attempt.get(), LOST, ran, operations);
    } else {
      attempts.replaceUnstarted(execution, operations);
    }
  }
}
