package dev.ss.worker.metrics;

import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.BucketTimer;
import dev.ss.bridge.Family1;
import dev.ss.bridge.Family2;
import dev.ss.bridge.Label;
import dev.ss.job.Attempt;
import dev.ss.job.RunOutcome;
import dev.ss.metrics.Catalogue;
import dev.ss.metrics.Exemplars;
import dev.ss.metrics.Guard;
import dev.ss.metrics.JobTypeLabel;
import java.time.Duration;
import java.util.Collection;

/** Times attempts, each after its start or end is committed. */
public final class AttemptMetrics {
  private final Family2<String, RunOutcome, BucketTimer> durations;
  private final Family1<String, BucketTimer> queueWaits;
  private final Family2<String, RunOutcome, BucketTimer> endToEnd;
  private final Guard guard = new Guard();

  /**
   * Declares the families.
   *
   * @param jobTypes the names of the configured types; jobs of a type that is no longer configured
   *     appear as {@code _other}
   */
  public AttemptMetrics(BridgeRegistry registry, Collection<String> jobTypes) {
    Label<String> jobType = JobTypeLabel.of(jobTypes);
    Label<RunOutcome> outcome = Label.ofEnum("outcome", RunOutcome.class);
    durations = registry.family(Catalogue.JOB_RUN_DURATION.spec(), jobType, outcome);
    queueWaits = registry.family(Catalogue.JOB_QUEUE_WAIT.spec(), jobType);
    endToEnd = registry.family(Catalogue.JOB_END_TO_END.spec(), jobType, outcome);
  }

  /** The attempt has been started. */
  public void started(Attempt attempt) {
    guard.count(() -> queueWaits.with(attempt.jobType()).update(attempt.queueWait()));
  }

  /** The attempt has ended with this outcome, after this running time. */
  public void ended(Attempt attempt, RunOutcome outcome, Duration ran) {
    guard.count(
        () ->
            Exemplars.update(
                durations.with(attempt.jobType(), outcome), ran.toNanos(), attempt.traceParent()));
  }

  /** The job became final with this attempt, this long after it was due. */
  public void completed(Attempt attempt, RunOutcome outcome, Duration sinceDue) {
    guard.count(
        () ->
            Exemplars.update(
                endToEnd.with(attempt.jobType(), outcome),
                sinceDue.toNanos(),
                attempt.traceParent()));
  }
}
