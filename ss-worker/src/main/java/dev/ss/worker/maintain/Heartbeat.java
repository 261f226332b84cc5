package dev.ss.worker.maintain;

import dev.ss.boot.Ticker;
import dev.ss.config.WorkerSection;
import dev.ss.job.WorkerStatus;
import dev.ss.metrics.WorkerMetrics;
import dev.ss.store.DatabaseUnavailableException;
import dev.ss.store.Workers;
import io.dropwizard.lifecycle.Managed;
import java.time.Clock;
import java.util.List;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this worker's row in the list of workers, and finds out when the worker's name has become
 * another's: this process was frozen for longer than a lease.
 */
public final class Heartbeat implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

  private final WorkerSection section;
  private final List<String> jobTypes;
  private final Workers workers;
  private final IntSupplier running;
  private final WorkerMetrics metrics;
  private final Clock clock;
  private final Life life;
  private final Runnable lost;
  private final Ticker ticker;
  private volatile boolean draining;
  private volatile boolean beating = true;

  /**
   * Beats for the worker that runs {@code running} jobs now.
   *
   * @param lost is told, once, that the worker's name is another's
   */
  public Heartbeat(
      WorkerSection section,
      List<String> jobTypes,
      Life life,
      Workers workers,
      IntSupplier running,
      WorkerMetrics metrics,
      Clock clock,
      Runnable lost) {
    this.section = section;
    this.jobTypes = jobTypes;
    this.workers = workers;
    this.running = running;
    this.metrics = metrics;
    this.clock = clock;
    this.life = life;
    this.lost = lost;
    this.ticker = new Ticker("heartbeat", section.heartbeatInterval().toJavaDuration(), this::beat);
  }

  @Override
  public void start() {
    beat();
    ticker.start();
  }

  /** Says at once that this worker takes no more jobs. */
  public void drain() {
    draining = true;
    metrics.draining();
    tell(this::beat);
  }

  /** Takes this worker off the list. */
  public void remove() {
    ticker.stop();
    tell(() -> workers.remove(section.id(), life.instance()));
  }

  /** What this worker says of itself now. */
  public WorkerStatus status() {
    return new WorkerStatus(
        section.id(),
        draining,
        section.slots(),
        running.getAsInt(),
        jobTypes,
        life.startedAt(),
        clock.instant(),
        life.host());
  }

  private synchronized void beat() {
    if (!beating) {
      return;
    }
    if (workers.beat(status(), life.instance())) {
      metrics.heartbeat();
      return;
    }
    beating = false;
    LOG.error(
        "Another process has taken the name {}, because this one was silent for longer than a"
            + " lease. It kills what it runs, and ends.",
        section.id());
    lost.run();
  }

  /** The end of a worker does not depend on anybody's having heard of it. */
  private static void tell(Runnable message) {
    try {
      message.run();
    } catch (DatabaseUnavailableException e) {
      LOG.warn("The list of workers cannot be changed: {}", e.getMessage());
    }
  }
}
