package dev.ss.boot;

import dev.ss.store.DatabaseUnavailableException;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Schedules work: runs it periodically, on a thread of its own. No failure ends the task, except
 * errors that end the process. A failure is logged if it follows a success or a failure of another
 * class.
 */
public final class PeriodicTask implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(PeriodicTask.class);

  private final String name;
  private final Supplier<Duration> pause;
  private final Runnable work;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private @Nullable Class<?> lastFailure;

  /**
   * @param pause between two runs of the work
   */
  public PeriodicTask(String name, Duration pause, Runnable work) {
    this(name, () -> pause, work);
  }

  /**
   * @param pause is asked after each run how long to wait until the next
   */
  public PeriodicTask(String name, Supplier<Duration> pause, Runnable work) {
    this.name = name;
    this.pause = pause;
    this.work = work;
  }

  /** Starts the task; the first run begins at once, on the task's thread. */
  @Override
  public void start() {
    Thread thread = new Thread(this::runUntilStopped, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Ends the task after the run in progress. Does not wait for that run. */
  @Override
  public void stop() {
    stopped.countDown();
  }

  private void runUntilStopped() {
    try {
      do {
        runOnce();
      } while (!stopped.await(pause.get().toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void runOnce() {
    try {
      work.run();
      lastFailure = null;
    } catch (Throwable e) { // also an Error, which would end the thread unnoticed
      FatalErrors.endIfFatal(e);
      if (lastFailure != e.getClass()) {
        log(e);
      }
      lastFailure = e.getClass();
    }
  }

  private void log(Throwable failure) {
    if (failure instanceof DatabaseUnavailableException) {
      LOG.warn("{} failed; it will run again: {}", name, failure.getMessage());
    } else {
      LOG.error("{} failed; it will run again.", name, Unquoted.of(failure));
    }
  }
}
