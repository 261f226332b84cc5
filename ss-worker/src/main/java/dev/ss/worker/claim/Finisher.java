package dev.ss.worker.claim;

import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import dev.ss.job.Attempt;
import dev.ss.job.Backoff;
import dev.ss.job.JobEvent;
import dev.ss.job.JobState;
import dev.ss.job.NextStep;
import dev.ss.job.RunOutcome;
import dev.ss.job.RunResult;
import dev.ss.metrics.JobMetrics;
import dev.ss.store.Attempts;
import dev.ss.store.DatabaseUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down how an attempt ended, and counts it once that is committed. */
final class Finisher {
  private static final Logger LOG = LoggerFactory.getLogger(Finisher.class);
  private static final int TRIES = 5;
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Attempts attempts;
  private final Backoff backoff;
  private final JobMetrics metrics;
  private final JobMetrics.Runs runs;
  private final Clock clock;

  Finisher(
      Attempts attempts, Backoff backoff, JobMetrics metrics, JobMetrics.Runs runs, Clock clock) {
    this.attempts = attempts;
    this.backoff = backoff;
    this.metrics = metrics;
    this.runs = runs;
    this.clock = clock;
  }

  void finish(
      Attempt attempt, RunResult result, Duration ran, ExecutionOperations<Void> execution) {
    NextStep planned = NextStep.after(attempt, result.outcome(), backoff);
    Optional<NextStep> taken = write(attempt, result, planned, execution);
    if (taken.isEmpty()) {
      LOG.warn(
          "Job {} was taken from this worker before its attempt {} ended; nothing was written.",
          attempt.jobId(),
          attempt.number());
      return;
    }
    runs.ended(attempt, result.outcome(), ran);
    count(attempt, result.outcome(), taken.get());
    if (result.outcome() != RunOutcome.SUCCEEDED) {
      LOG.info(
          "Job {} ({}): attempt {} of {} ended as {}.",
          attempt.jobId(),
          attempt.jobType(),
          attempt.number(),
          attempt.maxAttempts(),
          result.outcome());
    }
  }

  /** A database that is away for a moment must not cost an attempt that has been made. */
  private Optional<NextStep> write(
      Attempt attempt, RunResult result, NextStep planned, ExecutionOperations<Void> execution) {
    for (int tried = 1; ; tried++) {
      try {
        return attempts.finish(attempt, result, planned, execution);
      } catch (DatabaseUnavailableException e) {
        if (tried == TRIES) {
          throw e;
        }
        pause(PAUSE.multipliedBy(tried));
      }
    }
  }

  private void count(Attempt attempt, RunOutcome outcome, NextStep step) {
    if (outcome == RunOutcome.LOST) {
      metrics.happened(JobEvent.RECOVERED);
    }
    if (step instanceof NextStep.Finish finish) {
      metrics.happened(event(finish.state()));
      Duration endToEnd = Duration.between(attempt.submittedAt(), clock.instant());
      runs.completed(attempt, outcome, endToEnd.isNegative() ? Duration.ZERO : endToEnd);
    } else if (outcome == RunOutcome.FAILED || outcome == RunOutcome.TIMED_OUT) {
      metrics.happened(JobEvent.RETRIED);
    }
  }

  private static JobEvent event(JobState state) {
    return switch (state) {
      case SUCCEEDED -> JobEvent.SUCCEEDED;
      case FAILED -> JobEvent.FAILED;
      case CANCELLED -> JobEvent.CANCELLED;
      case QUEUED, RUNNING -> throw new IllegalArgumentException(state + " is no end");
    };
  }

  /** Also on a thread that has been interrupted: its attempt still has to be written down. */
  private static void pause(Duration time) {
    boolean interrupted = Thread.interrupted();
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
