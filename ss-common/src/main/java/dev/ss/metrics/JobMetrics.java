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
 * The jobs' lives. Everything is recorded after the commit that made it true, by the process that
 * committed. Times are durations of what happened, so none of these can be wrong by a replay.
 */
public final class JobMetrics {
  private final Family1<JobEvent, Meter> events;
  private final Guard guard = new Guard();

  /** The steps of jobs, which both processes count. */
  public JobMetrics(BridgeRegistry registry) {
    events = registry.family(Catalogue.JOBS.spec(), Label.ofEnum("event", JobEvent.class));
  }

  /** The event has happened and is committed. */
  public void happened(JobEvent event) {
    guard.count(() -> events.with(event).mark());
  }

  /** Refused submissions, which the API counts. */
  public static final class Rejections {
    private final Family1<RejectionReason, Meter> rejections;
    private final Guard guard = new Guard();

    /** Declares the family. */
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

  /** Attempts, which the worker counts. */
  public static final class Runs {
    private final Family2<String, RunOutcome, BucketTimer> durations;
    private final Family1<String, BucketTimer> queueWaits;
    private final Family2<String, RunOutcome, BucketTimer> endToEnd;
    private final Guard guard = new Guard();

    /**
     * Declares the families.
     *
     * @param jobTypes the configured names; a job of a type that is no longer configured appears as
     *     {@code _other}
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

    /** The attempt has ended so, after running this long. */
    public void ended(Attempt attempt, RunOutcome outcome, Duration ran) {
      guard.count(
          () ->
              durations.with(attempt.jobType(), outcome).update(ran.toNanos(), attempt.traceId()));
    }

    /** With this attempt the job has become final, this long after its submission. */
    public void completed(Attempt attempt, RunOutcome outcome, Duration sinceSubmission) {
      guard.count(
          () ->
              endToEnd
                  .with(attempt.jobType(), outcome)
                  .update(sinceSubmission.toNanos(), attempt.traceId()));
    }
  }
}
