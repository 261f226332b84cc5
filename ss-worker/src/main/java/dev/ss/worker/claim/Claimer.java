package dev.ss.worker.claim;

import dev.ss.boot.PeriodicTask;
import dev.ss.boot.RepeatedFailures;
import dev.ss.store.Database;
import dev.ss.store.JobQueue;
import dev.ss.store.JobTypeStates;
import dev.ss.store.LostJobs;
import dev.ss.store.Uploads;
import dev.ss.worker.metrics.WorkerMetrics;
import dev.ss.worker.run.KillSwitch.Reason;
import dev.ss.worker.run.Runner;
import io.dropwizard.lifecycle.Managed;
import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Claims due jobs, runs at most one per slot, and stores their results. */
public final class Claimer implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(Claimer.class);

  /** How long a result may take to be stored, after a command's kill grace period. */
  private static final Duration STORE_LIMIT = Duration.ofSeconds(10);

  private final ClaimSettings settings;
  private final RunningJobs running;
  private final Inbox inbox = new Inbox();
  private final PeriodicTask watching;
  private final AttemptRunner attempts;
  private final LastSuccesses successes;
  private final ClaimLoop loop;

  /**
   * @param failures logs the failures of the claim loop
   */
  public Claimer(
      ClaimSettings settings,
      Database database,
      Runner runner,
      RunningJobs running,
      EndCounter counter,
      RepeatedFailures failures,
      WorkerMetrics metrics,
      Clock clock,
      LongSupplier nanoTime) {
    this.settings = settings;
    this.running = running;
    JobQueue queue = new JobQueue(database, settings.workerId(), settings.offered(), clock);
    OwnershipWatch ownership = new OwnershipWatch(queue, running, nanoTime);
    UnknownClaims unknown =
        new UnknownClaims(
            settings.workerId(),
            new LostJobs(database, clock),
            running,
            settings.heartbeatInterval(),
            nanoTime);
    PauseWatch pauses = new PauseWatch(queue, settings.pollInterval(), nanoTime);
    this.watching = new PeriodicTask("ownership-watch", settings.pollInterval(), ownership);
    this.attempts =
        new AttemptRunner(
            settings.slots(),
            runner,
            new Inputs(new Uploads(database)),
            settings.backoff(),
            clock,
            nanoTime,
            inbox::finished);
    this.successes = new LastSuccesses(new JobTypeStates(database), failures, nanoTime);
    this.loop =
        new ClaimLoop(
            settings, queue, running, ownership, unknown, pauses, attempts, inbox, counter,
            successes, failures, metrics);
  }

  @Override
  public void start() {
    watching.start();
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
      Duration grace = settings.gracePeriod();
      boolean ended = loop.awaitNoMoreClaims(grace) && running.awaitNone(grace);
      if (!ended) {
        running.kill(Reason.STOPPING);
        ended = running.awaitNone(settings.killGracePeriod().plus(STORE_LIMIT));
      }
      if (!ended) {
        LOG.warn("{} jobs did not end in time; other workers will recover them.", running.count());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    successes.write();
    loop.stop();
    watching.stop();
    attempts.stop();
  }
}
