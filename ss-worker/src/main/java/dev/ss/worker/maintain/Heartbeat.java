package dev.ss.worker.maintain;

import dev.ss.boot.PeriodicTask;
import dev.ss.config.WorkerSection;
import dev.ss.job.WorkerStatus;
import dev.ss.store.DatabaseUnavailableException;
import dev.ss.store.Workers;
import dev.ss.worker.metrics.WorkerMetrics;
import io.dropwizard.lifecycle.Managed;
import java.time.Clock;
import java.util.List;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this worker's lease: writes a heartbeat into the worker's row at each interval, and then
 * recovers the jobs of lost workers. It also notices when another process has taken the worker's
 * name, because this process was frozen for longer than a lease.
 */
public final class Heartbeat implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

  private final WorkerSection section;
  private final List<String> jobTypes;
  private final Workers workers;
  private final IntSupplier running;
  private final WorkerMetrics metrics;
  private final Clock clock;
  private final WorkerInstance instance;
  private final Recovery recovery;
  private final Runnable lost;
  private final PeriodicTask task;
  private volatile boolean draining;
  private boolean beating = true;

  /**
   * @param running how many jobs the worker runs now
   * @param lost is called once, when another process has taken the worker's name
   */
  public Heartbeat(
      WorkerSection section,
      List<String> jobTypes,
      WorkerInstance instance,
      Workers workers,
      IntSupplier running,
      Recovery recovery,
      WorkerMetrics metrics,
      Clock clock,
      Runnable lost) {
    this.section = section;
    this.jobTypes = jobTypes;
    this.workers = workers;
    this.running = running;
    this.metrics = metrics;
    this.clock = clock;
    this.instance = instance;
    this.recovery = recovery;
    this.lost = lost;
    this.task =
        new PeriodicTask("heartbeat", section.heartbeatInterval().toJavaDuration(), this::beat);
  }

  @Override
  public void start() {
    beat();
    task.start();
  }

  /** Publishes at once that this worker claims no more jobs. */
  public void drain() {
    draining = true;
    metrics.draining();
    tell(this::beat);
  }

  /** Stops the heartbeats and deletes this worker's row. */
  public void remove() {
    task.stop();
    tell(this::removeOnce);
  }

  private synchronized void removeOnce() {
    beating = false;
    workers.remove(section.id(), instance.id());
  }

  /** The worker's status now, as a heartbeat writes it. */
  public WorkerStatus status() {
    return new WorkerStatus(
        section.id(),
        draining,
        section.slots(),
        running.getAsInt(),
        jobTypes,
        instance.startedAt(),
        clock.instant(),
        instance.host());
  }

  private synchronized void beat() {
    if (!beating) {
      return;
    }
    try {
      if (workers.beat(status(), instance.id())) {
        metrics.heartbeat();
        recovery.recoverLost();
      } else {
        loseName();
      }
    } catch (RuntimeException e) {
      recovery.interrupted();
      throw e;
    }
  }

  private void loseName() {
    beating = false;
    LOG.error(
        "Another process has taken the name {}, because this one was silent for longer than a"
            + " lease. It kills its commands, and ends.",
        section.id());
    lost.run();
  }

  /**
   * Runs a database update once and only logs a failure: a stopping worker does not wait for the
   * database to come back.
   */
  private static void tell(Runnable message) {
    try {
      message.run();
    } catch (DatabaseUnavailableException e) {
      LOG.warn("The list of workers cannot be changed: {}", e.getMessage());
    } catch (RuntimeException defect) {
      LOG.error("The list of workers cannot be changed.", defect);
    }
  }
}
