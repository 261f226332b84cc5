package dev.ss.boot;

import dev.ss.store.DatabaseUnavailableException;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something again and again on a thread of its own, with a pause in between. A failure never
 * ends it, unless it is one that ends the process, and is logged when it follows a success or a
 * failure of another kind.
 */
public final class PeriodicTask implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(PeriodicTask.class);

  private final String name;
  private final Duration pause;
  private final Runnable work;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private Class<?> lastFailure;

  /** Does {@code work} every {@code pause}, once it is started. */
  public PeriodicTask(String name, Duration pause, Runnable work) {
    this.name = name;
    this.pause = pause;
    this.work = work;
  }

  /** Does it for the first time after a pause. */
  @Override
  public void start() {
    start(this::runUntilStopped);
  }

  /** Does it for the first time at once, and still on its own thread. */
  public void startNow() {
    start(
        () -> {
          runOnce();
          runUntilStopped();
        });
  }

  private void start(Runnable life) {
    Thread thread = new Thread(life, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Lets work that has begun finish, and begins none any more. */
  @Override
  public void stop() {
    stopped.countDown();
  }

  private void runUntilStopped() {
    try {
      while (!stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        runOnce();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void runOnce() {
    try {
      work.run();
      lastFailure = null;
    } catch (Throwable e) { // also an Error: nobody would notice that the task is dead
      FatalErrors.endIfFatal(e);
      if (lastFailure != e.getClass()) {
        log(e);
      }
      lastFailure = e.getClass();
    }
  }

  private void log(Throwable failure) {
    if (failure instanceof DatabaseUnavailableException) {
      LOG.warn("{} failed and goes on trying: {}", name, failure.getMessage());
    } else {
      LOG.error("{} failed and goes on trying.", name, failure);
    }
  }
}
