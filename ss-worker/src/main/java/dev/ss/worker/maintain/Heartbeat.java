package dev.ss.worker.maintain;

import dev.ss.store.DatabaseUnavailableException;
import dev.ss.store.Workers;
import dev.ss.worker.metrics.WorkerMetrics;
import java.time.Clock;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this worker's lease: writes a heartbeat into the worker's row each time that it runs, and
 * then recovers the jobs of lost workers. It also notices when another process has taken the
 * worker's name, because this process was frozen for longer than a lease.
 */
public final class Heartbeat implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

  private final WorkerInstance self;
  private final Workers workers;
  private final IntSupplier running;
  private final WorkerMetrics metrics;
  private final Clock clock;
  private final Recovery recovery;
  private final Runnable lost;
  private volatile boolean draining;
  private boolean beating = true;

  /**
   * @param running how many jobs the worker runs now
   * @param lost is called once, when another process has taken the worker's name
   */
  public Heartbeat(
      WorkerInstance self,
      Workers workers,
      IntSupplier running,
      Recovery recovery,
      WorkerMetrics metrics,
      Clock clock,
      Runnable lost) {
    this.self = self;
    this.workers = workers;
    this.running = running;
    this.recovery = recovery;
    this.metrics = metrics;
    this.clock = clock;
    this.lost = lost;
  }

  /** Publishes at once that this worker claims no more jobs. */
  public void drain() {
    draining = true;
    metrics.draining();
    tell(this);
  }

  /** Ends the heartbeats and deletes this worker's row. */
  public void remove() {
    tell(this::removeOnce);
  }

  private synchronized void removeOnce() {
    beating = false;
    workers.remove(self.workerId(), self.id());
  }

  @Override
  public synchronized void run() {
    if (!beating) {
      return;
    }
    try {
      if (beat()) {
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

  /** Returns whether this process still has the worker's name. */
  private boolean beat() {
    return workers.beat(self.status(draining, running.getAsInt(), clock.instant()), self.id());
  }

  private void loseName() {
    beating = false;
    LOG.error(
        "Another process has taken the name {}, because this one was silent for longer than a"
            + " lease. This process kills its commands and ends.",
        self.workerId());
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
      LOG.warn("This worker's row cannot be updated: {}", e.getMessage());
    } catch (RuntimeException defect) {
      LOG.error("This worker's row cannot be updated.", defect);
    }
  }
}
