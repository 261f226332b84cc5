package dev.ss.metrics;

import com.codahale.metrics.Meter;
import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.BucketTimer;
import dev.ss.bridge.Family1;
import dev.ss.bridge.Family2;
import dev.ss.bridge.Label;
import dev.ss.job.Attempt;
import dev.ss.job.JobEvent;
import dev.ss.job.RunOutcome;
import java.time.Duration;
import java.util.Collection;

/**
 * Counts and times what happens to jobs. The process that commits a change records it, and only
 * after the commit. So a transaction that is repeated does not count twice.
 */
public final class JobMetrics {
  private final Family1<JobEvent, Meter> events;
  private final Guard guard = new Guard();

  /** Declares the events of jobs, which both processes count. */
  public JobMetrics(BridgeRegistry registry) {
    events = registry.family(Catalogue.JOBS.spec(), Label.ofEnum("event", JobEvent.class));
  }

  /** The event has happened and is committed. */
  public void happened(JobEvent event) {
    guard.count(() -> events.with(event).mark());
  }

  /** Counts refused submissions, in the API. */
  public static final class Rejections {
    private final Family1<RejectionReason, Meter> rejections;
    private final Guard guard = new Guard();

    public Rejections(BridgeRegistry registry) {
      rejections =
          registry.family(
              Catalogue.JOB_REJECTIONS.spec(), Label.ofEnum("reason", RejectionReason.class));
    }

    /** A submission has been refused. */
    public void rejected(RejectionReason reason) {
      guard.count(() -> rejections.with(reason).mark());
    }
  }

  /** Times attempts, in the worker. */
  public static final class Runs {
    private final Family2<String, RunOutcome, BucketTimer> durations;
    private final Family1<String, BucketTimer> queueWaits;
    private final Family2<String, RunOutcome, BucketTimer> endToEnd;
    private final Guard guard = new Guard();

    /**
     * Declares the families.
     *
     * @param jobTypes the names of the configured types; jobs of a type that is no longer
     *     configured appear as {@code _other}
     */
    public Runs(BridgeRegistry registry, Collection<String> jobTypes) {
      Label<String> jobType = Label.ofSet("job_type", jobTypes, "_other");
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
              durations.with(attempt.jobType(), outcome).update(ran.toNanos(), attempt.traceId()));
    }

    /** The job became final with this attempt, this long after its submission. */
    public void completed(Attempt attempt, RunOutcome outcome, Duration sinceSubmission) {
      guard.count(
          () ->
              endToEnd
                  .with(attempt.jobType(), outcome)
                  .update(sinceSubmission.toNanos(), attempt.traceId()));
    }
  }
}
