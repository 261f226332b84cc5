package dev.ss.store;

import io.dropwizard.lifecycle.Managed;
import java.util.function.Predicate;

/**
 * Makes a worker look for jobs as soon as some may have been queued. While the listener cannot hear
 * of them, the worker finds jobs by polling.
 */
public interface WakeUpListener extends Managed {
  /**
   * The worker that a listener wakes.
   *
   * @param offered whether the worker runs jobs of this type
   * @param wake makes the worker look for jobs; must not block
   */
  record Listening(Predicate<String> offered, Runnable wake) {}

  /** Starts to listen in the background. Does not wait for a connection. */
  @Override
  void start();

  /** Stops the listener without waiting for anything. */
  @Override
  void stop();
}
