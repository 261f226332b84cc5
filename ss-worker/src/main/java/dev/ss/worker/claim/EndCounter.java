package dev.ss.worker.claim;

import dev.ss.boot.LogContext;
import dev.ss.job.Attempt;
import dev.ss.job.AttemptEnd;
import dev.ss.job.Claimed;
import dev.ss.job.JobEvent;
import dev.ss.job.JobState;
import dev.ss.job.NextStep;
import dev.ss.job.RunOutcome;
import dev.ss.job.RunResult;
import dev.ss.metrics.JobMetrics;
import dev.ss.worker.metrics.AttemptMetrics;
import dev.ss.worker.metrics.CostMetrics;
import dev.ss.worker.metrics.ObjectiveMetrics;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and logs the starts and ends of attempts. It is called only after they are committed. */
public final class EndCounter {
  private static final Logger LOG = LoggerFactory.getLogger(EndCounter.class);

  private static final double MILLIS_PER_SECOND = 1e3;

  private final JobMetrics metrics;
  private final AttemptMetrics attempts;
  private final ObjectiveMetrics objectives;
  private final CostMetrics costs;

  public EndCounter(
      JobMetrics metrics, AttemptMetrics attempts, ObjectiveMetrics objectives, CostMetrics costs) {
    this.metrics = metrics;
    this.attempts = attempts;
    this.objectives = objectives;
    this.costs = costs;
  }

  void started(Claimed claimed) {
    Attempt attempt = claimed.attempt();
    claimed.input().ifPresent(input -> costs.started(attempt.jobType(), input.size()));
    metrics.happened(JobEvent.STARTED, attempt.jobType());
    attempts.started(attempt);
    objectives.started(attempt);
  }

  /** Counts the end of an attempt and what it means for the job. */
  void ended(AttemptEnd end, NextStep step, Duration ran) {
    Attempt attempt = end.attempt();
    RunOutcome outcome = end.result().outcome();
    attempts.ended(attempt, outcome, ran);
    if (outcome != RunOutcome.LOST) { // what a lost worker's command used is not known
      costs.ended(attempt.jobType(), end.result());
    }
    step.match(finish -> finished(finish.state()), requeue -> requeued(outcome))
        .ifPresent(event -> metrics.happened(event, attempt.jobType()));
    finalState(step).ifPresent(state -> completed(end, state));
    if (outcome != RunOutcome.SUCCEEDED) {
      log(attempt, end.result(), ran);
    }
  }

  @SuppressWarnings("try") // the context is held, not used
  private static void log(Attempt attempt, RunResult result, Duration ran) {
    try (LogContext context = LogContext.of(attempt)) {
      LOG.info(
          "Job {} ({}): attempt {} of {} ended as {}{} after {} s.",
          attempt.jobId(),
          attempt.jobType(),
          attempt.number(),
          attempt.maxAttempts(),
          result.outcome(),
          result.exitCode().map(" with exit code %d"::formatted).orElse(""),
          ran.toMillis() / MILLIS_PER_SECOND);
    }
  }

  private static Optional<JobState> finalState(NextStep step) {
    return step.match(finish -> Optional.of(finish.state()), requeue -> Optional.empty());
  }

  private void completed(AttemptEnd end, JobState state) {
    Attempt attempt = end.attempt();
    Duration sinceDue = notNegative(Duration.between(attempt.dueAt(), end.endedAt()));
    attempts.completed(attempt, end.result().outcome(), sinceDue);
    objectives.completed(attempt, state, sinceDue);
  }

  /** Counts an attempt of a lost worker that this worker has ended. */
  public void recovered(AttemptEnd end, NextStep step) {
    metrics.happened(JobEvent.RECOVERED, end.attempt().jobType());
    ended(end, step, notNegative(Duration.between(end.attempt().startedAt(), end.endedAt())));
  }

  private static Duration notNegative(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }

  private static Optional<JobEvent> finished(JobState state) {
    return switch (state) {
      case SUCCEEDED -> Optional.of(JobEvent.SUCCEEDED);
      case FAILED -> Optional.of(JobEvent.FAILED);
      case CANCELLED -> Optional.of(JobEvent.CANCELLED);
      case QUEUED, RUNNING -> throw new IllegalArgumentException(state + " is no end");
    };
  }

  /** Only a failed attempt counts as retried; that of a lost worker counts as recovered. */
  private static Optional<JobEvent> requeued(RunOutcome outcome) {
    return switch (outcome) {
      case FAILED, TIMED_OUT, OUT_OF_MEMORY -> Optional.of(JobEvent.RETRIED);
      case SUCCEEDED, CANCELLED, INTERRUPTED, LOST -> Optional.empty();
    };
  }
}
