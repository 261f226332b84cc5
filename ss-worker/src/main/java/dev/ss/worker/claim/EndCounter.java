package dev.ss.worker.claim;

import dev.ss.job.Attempt;
import dev.ss.job.AttemptEnd;
import dev.ss.job.JobEvent;
import dev.ss.job.JobState;
import dev.ss.job.NextStep;
import dev.ss.job.RunOutcome;
import dev.ss.metrics.JobMetrics;
import dev.ss.worker.metrics.AttemptMetrics;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and logs the starts and ends of attempts. It is called only after they are committed. */
public final class EndCounter {
  private static final Logger LOG = LoggerFactory.getLogger(EndCounter.class);

  private final JobMetrics metrics;
  private final AttemptMetrics attempts;

  public EndCounter(JobMetrics metrics, AttemptMetrics attempts) {
    this.metrics = metrics;
    this.attempts = attempts;
  }

  void started(Attempt attempt) {
    metrics.happened(JobEvent.STARTED);
    attempts.started(attempt);
  }

  /** Counts the end of an attempt and what it means for the job. */
  void ended(AttemptEnd end, NextStep step, Duration ran) {
    Attempt attempt = end.attempt();
    RunOutcome outcome = end.result().outcome();
    attempts.ended(attempt, outcome, ran);
    if (step instanceof NextStep.Finish finish) {
      metrics.happened(event(finish.state()));
      attempts.completed(
          attempt, outcome, notNegative(Duration.between(attempt.submittedAt(), end.endedAt())));
    } else if (outcome == RunOutcome.FAILED || outcome == RunOutcome.TIMED_OUT) {
      metrics.happened(JobEvent.RETRIED);
    }
    if (outcome != RunOutcome.SUCCEEDED) {
      LOG.info(
          "Job {} ({}): attempt {} of {} ended as {}.",
          attempt.jobId(),
          attempt.jobType(),
          attempt.number(),
          attempt.maxAttempts(),
          outcome);
    }
  }

  /** Counts an attempt of a lost worker that this worker has ended. */
  public void recovered(AttemptEnd end, NextStep step) {
    metrics.happened(JobEvent.RECOVERED);
    ended(end, step, notNegative(Duration.between(end.attempt().startedAt(), end.endedAt())));
  }

  private static Duration notNegative(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }

  private static JobEvent event(JobState state) {
    return switch (state) {
      case SUCCEEDED -> JobEvent.SUCCEEDED;
      case FAILED -> JobEvent.FAILED;
      case CANCELLED -> JobEvent.CANCELLED;
      case QUEUED, RUNNING -> throw new IllegalArgumentException(state + " is no end");
    };
  }
}
