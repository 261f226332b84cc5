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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down how an attempt ended, and counts it once that is committed. */
final class Finisher {
  private static final Logger LOG = LoggerFactory.getLogger(Finisher.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private final Attempts attempts;
  private final Backoff backoff;
  private final JobMetrics metrics;
  private final JobMetrics.Runs runs;
  private final Duration lease;
  private final Clock clock;
  private final CountDownLatch stopped = new CountDownLatch(1);

  /**
   * Ends of attempts.
   *
   * @param lease for how long an end is tried to be written down
   */
  Finisher(
      Attempts attempts,
      Backoff backoff,
      JobMetrics metrics,
      JobMetrics.Runs runs,
      Duration lease,
      Clock clock) {
    this.attempts = attempts;
    this.backoff = backoff;
    this.metrics = metrics;
    this.runs = runs;
    this.lease = lease;
    this.clock = clock;
  }

  /** Tries nothing a second time from now on. */
  void stop() {
    stopped.countDown();
  }

  /** The end of an attempt of this worker. */
  void finish(
      Attempt attempt, RunResult result, Duration ran, ExecutionOperations<Void> execution) {
    NextStep planned = NextStep.after(attempt, result.outcome(), backoff);
    write(attempt, result, planned, execution)
        .ifPresent(taken -> written(attempt, result, ran, taken));
  }

  /**
   * The end of an attempt of a worker that is lost. Tried once: who looks for such will look again.
   *
   * @return false if it had ended already, and nothing was written
   */
  boolean recover(
      Attempt attempt, RunResult lost, Duration ran, ExecutionOperations<Void> execution) {
    NextStep planned = NextStep.after(attempt, lost.outcome(), backoff);
    Optional<NextStep> taken = attempts.finish(attempt, lost, planned, execution);
    taken.ifPresent(step -> written(attempt, lost, ran, step));
    return taken.isPresent();
  }

  private void written(Attempt attempt, RunResult result, Duration ran, NextStep taken) {
    runs.ended(attempt, result.outcome(), ran);
    count(attempt, result.outcome(), taken);
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

  /** While the database is away nobody can take the job, and what has been done is not lost. */
  private Optional<NextStep> write(
      Attempt attempt, RunResult result, NextStep planned, ExecutionOperations<Void> execution) {
    long begin = System.nanoTime();
    Duration pause = FIRST_PAUSE;
    boolean again = false;
    while (true) {
      try {
        Optional<NextStep> taken = attempts.finish(attempt, result, planned, execution);
        if (taken.isEmpty()) {
          logTaken(attempt, again);
        }
        return taken;
      } catch (DatabaseUnavailableException e) {
        if (!again) {
          LOG.warn("The end of job {} waits for the database: {}", attempt.jobId(), e.getMessage());
        }
        again = true;
        if (System.nanoTime() - begin >= lease.toNanos() || stopsWithin(pause)) {
          throw e;
        }
        pause = longer(pause);
      }
    }
  }

  private static Duration longer(Duration pause) {
    Duration longer = pause.multipliedBy(2);
    return longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
  }

  private static void logTaken(Attempt attempt, boolean again) {
    if (again) {
      LOG.warn(
          "Job {} was taken from this worker before its attempt {} ended, or that was written"
              + " although the database did not say so; nothing more was written.",
          attempt.jobId(),
          attempt.number());
    } else {
      LOG.warn(
          "Job {} was taken from this worker before its attempt {} ended; nothing was written.",
          attempt.jobId(),
          attempt.number());
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
  private boolean stopsWithin(Duration time) {
    boolean interrupted = Thread.interrupted();
    try {
      return stopped.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
      return stopped.getCount() == 0;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
