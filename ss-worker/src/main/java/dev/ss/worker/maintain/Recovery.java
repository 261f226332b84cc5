package dev.ss.worker.maintain;

import dev.ss.job.Attempt;
import dev.ss.job.Backoff;
import dev.ss.job.NextStep;
import dev.ss.job.RunOutcome;
import dev.ss.store.LostJobs;
import dev.ss.store.LostJobs.Holder;
import dev.ss.store.LostJobs.Recovered;
import dev.ss.worker.claim.EndCounter;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the attempts of lost workers, so that their jobs run again. Not thread-safe. */
public final class Recovery {
  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private final String workerId;
  private final LostJobs jobs;
  private final SilentHolders silent;
  private final Backoff backoff;
  private final EndCounter counter;
  private final LongSupplier nanoTime;

  /**
   * @param workerId the worker that runs this recovery
   * @param silent decides which workers are lost
   */
  public Recovery(
      String workerId,
      LostJobs jobs,
      SilentHolders silent,
      Backoff backoff,
      EndCounter counter,
      LongSupplier nanoTime) {
    this.workerId = workerId;
    this.jobs = jobs;
    this.silent = silent;
    this.backoff = backoff;
    this.counter = counter;
    this.nanoTime = nanoTime;
  }

  /**
   * Reports that contact with the database was lost: the silence of workers then proves nothing.
   */
  void interrupted() {
    silent.interrupted();
  }

  /** Checks once all workers that hold jobs, and recovers the jobs of those that are lost. */
  void recoverLost() {
    long now = nanoTime.getAsLong();
    for (Holder lost : silent.look(jobs.holders(workerId), now)) {
      count(lost.workerId(), jobs.recover(lost, this::next));
    }
  }

  /** Recovers the jobs that an earlier process with this worker's name was running. */
  void recoverFormerSelf() {
    count(workerId, jobs.recoverAll(workerId, this::next));
  }

  private NextStep next(Attempt attempt) {
    return NextStep.after(attempt, RunOutcome.LOST, backoff);
  }

  private void count(String lostWorker, List<Recovered> recovered) {
    if (!recovered.isEmpty()) {
      LOG.warn("Worker {} is lost; {} of its jobs were recovered.", lostWorker, recovered.size());
    }
    recovered.forEach(each -> counter.recovered(each.end(), each.step()));
  }
}
