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
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Recovers the jobs of workers that have stopped giving heartbeats. */
final class DeadExecutions implements DeadExecutionHandler<Void> {
  private static final Logger LOG = LoggerFactory.getLogger(DeadExecutions.class);
  private static final RunResult LOST =
      RunResult.killed(RunOutcome.LOST, ErrorCode.WORKER_LOST, Output.empty(), Output.empty());

  private final Attempts attempts;
  private final Finisher finisher;
  private final Consumer<Attempt> ended;
  private final Clock clock;

  /**
   * Dead executions of any worker's.
   *
   * @param ended is told of each attempt that was ended here
   */
  DeadExecutions(Attempts attempts, Finisher finisher, Consumer<Attempt> ended, Clock clock) {
    this.attempts = attempts;
    this.finisher = finisher;
    this.ended = ended;
    this.clock = clock;
  }

  @Override
  public void deadExecution(ExecutionComplete dead, ExecutionOperations<Void> operations) {
    Execution execution = Execution.of(dead.getExecution().taskInstance);
    Optional<Attempt> attempt = attempts.unfinished(execution);
    boolean recovered =
        attempt.isPresent()
            ? recover(attempt.get(), operations)
            : attempts.replaceUnstarted(execution, operations);
    if (!recovered) {
      LOG.debug(
          "Of job {} there was nothing to recover any more: another worker was first, or its own.",
          execution.jobId());
    }
  }

  private boolean recover(Attempt attempt, ExecutionOperations<Void> operations) {
    Duration ran = Duration.between(attempt.startedAt(), clock.instant());
    boolean recovered = finisher.recover(attempt, LOST, ran, operations);
    if (recovered) {
      ended.accept(attempt);
    }
    return recovered;
  }
}
