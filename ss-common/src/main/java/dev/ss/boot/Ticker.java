package dev.ss.boot;

import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something again and again on a thread of its own, with a pause in between. A failure is
 * logged when it follows a success, and never ends it.
 */
public final class Ticker implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);

  private final String name;
  private final Duration pause;
  private final Runnable work;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private boolean failing;

  /** Does {@code work} every {@code pause}, once it is started. */
  public Ticker(String name, Duration pause, Runnable work) {
    this.name = name;
    this.pause = pause;
    this.work = work;
  }

  /** Does it for the first time after a pause. */
  @Override
  public void start() {
    start(this::run);
  }

  /** Does it for the first time at once, and still on its own thread. */
  public void startNow() {
    start(
        () -> {
          tick();
          run();
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

  private void run() {
    try {
      while (!stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        tick();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tick() {
    try {
      work.run();
      failing = false;
    } catch (Throwable e) { // also an Error: a dead ticker would be noticed by nobody
      if (!failing) {
        LOG.warn("{} failed and goes on trying: {}", name, e.toString());
      }
      failing = true;
    }
  }
}
