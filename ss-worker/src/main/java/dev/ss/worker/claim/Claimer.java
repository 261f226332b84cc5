package dev.ss.worker.claim;

import dev.ss.boot.RepeatedFailures;
import dev.ss.config.WorkerSection;
import dev.ss.job.Backoff;
import dev.ss.job.JobType;
import dev.ss.store.Database;
import dev.ss.store.JobQueue;
import dev.ss.store.LostJobs;
import dev.ss.worker.metrics.WorkerMetrics;
import dev.ss.worker.run.KillSwitch.Reason;
import dev.ss.worker.run.Runner;
import io.dropwizard.lifecycle.Managed;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Claims due jobs, runs at most one per slot, and stores their results. */
public final class Claimer implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(Claimer.class);

  /** How long a result may take to be stored, after a command's kill grace period. */
  private static final Duration STORE_LIMIT = Duration.ofSeconds(10);

  private final WorkerSection section;
  private final RunningJobs running;
  private final Inbox inbox = new Inbox();
  private final OwnershipWatch ownership;
  private final AttemptRunner attempts;
  private final ClaimLoop loop;

  /**
   * @param offered the job types that this worker claims
   * @param failures logs the failures of the claim loop
   */
  public Claimer(
      WorkerSection section,
      List<JobType> offered,
      Database database,
      Runner runner,
      RunningJobs running,
      Backoff backoff,
      EndCounter counter,
      RepeatedFailures failures,
      WorkerMetrics metrics,
      Clock clock) {
    this.section = section;
    this.running = running;
    JobQueue queue = new JobQueue(database, section.id(), offered, clock);
    this.ownership = new OwnershipWatch(queue, running, section.pollInterval().toJavaDuration());
    this.attempts = new AttemptRunner(section.slots(), runner, backoff, clock, inbox::finished);
    this.loop =
        new ClaimLoop(
            section,
            queue,
            new LostJobs(database, clock),
            running,
            ownership,
            attempts,
            inbox,
            offered.stream()
                .filter(type -> type.maxRunning().isPresent())
                .map(JobType::name)
                .collect(Collectors.toSet()),
            counter,
            failures,
            metrics);
  }

  @Override
  public void start() {
    ownership.start();
    loop.start();
  }

  /** Looks for jobs now, without waiting for the end of the poll interval. Never blocks. */
  public void lookNow() {
    inbox.look();
  }

  /**
   * Claims no more jobs and kills the running commands, because another process has the worker's
   * name.
   */
  public void abandon() {
    loop.stopClaiming();
    running.lose();
  }

  /**
   * Claims no more jobs and waits for the running ones. Jobs that have not ended after the grace
   * period are killed and queued again.
   */
  public void drain() {
    loop.stopClaiming();
    try {
      Duration grace = section.gracePeriod().toJavaDuration();
      boolean ended = loop.awaitNoMoreClaims(grace) && running.awaitNone(grace);
      if (!ended) {
        running.kill(Reason.STOPPING);
        ended = running.awaitNone(section.killGracePeriod().toJavaDuration().plus(STORE_LIMIT));
      }
      if (!ended) {
        LOG.warn("{} jobs did not end in time; other workers will recover them.", running.count());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    loop.stop();
    ownership.stop();
    attempts.stop();
  }
}
