package dev.ss.worker.maintain;

import dev.ss.boot.Ticker;
import dev.ss.config.WorkerSection;
import dev.ss.job.WorkerStatus;
import dev.ss.metrics.WorkerMetrics;
import dev.ss.store.DatabaseUnavailableException;
import dev.ss.store.Workers;
import io.dropwizard.lifecycle.Managed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps this worker's row in the list of workers. */
public final class Heartbeat implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

  /** A worker that has been silent for so long will not come back under its name. */
  private static final Duration FORGET_AFTER = Duration.ofDays(1);

  private final WorkerSection section;
  private final List<String> jobTypes;
  private final Workers workers;
  private final IntSupplier running;
  private final WorkerMetrics metrics;
  private final Clock clock;
  private final Instant startedAt;
  private final Ticker ticker;
  private volatile boolean draining;

  /** Beats for the worker that runs {@code running} jobs now. */
  public Heartbeat(
      WorkerSection section,
      List<String> jobTypes,
      Workers workers,
      IntSupplier running,
      WorkerMetrics metrics,
      Clock clock) {
    this.section = section;
    this.jobTypes = jobTypes;
    this.workers = workers;
    this.running = running;
    this.metrics = metrics;
    this.clock = clock;
    this.startedAt = clock.instant();
    this.ticker = new Ticker("heartbeat", section.heartbeatInterval().toJavaDuration(), this::beat);
  }

  @Override
  public void start() {
    beat();
    workers.removeSilentSince(clock.instant().minus(FORGET_AFTER));
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
    tell(() -> workers.remove(section.id()));
  }

  private void beat() {
    workers.put(
        new WorkerStatus(
            section.id(),
            draining,
            section.slots(),
            running.getAsInt(),
            jobTypes,
            startedAt,
            clock.instant()));
    metrics.heartbeat();
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
