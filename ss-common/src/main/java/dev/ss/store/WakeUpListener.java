package dev.ss.store;

import io.dropwizard.lifecycle.Managed;
import java.util.function.Predicate;

/**
 * Has a worker look for jobs as soon as some may have been queued. While it cannot hear of them,
 * the worker's poll interval is enough.
 */
public interface WakeUpListener extends Managed {
  /**
   * What a listener is for.
   *
   * @param offered whether the worker runs jobs of this type
   * @param wake has the worker look for jobs; must not wait
   */
  record Listening(Predicate<String> offered, Runnable wake) {}

  /** Listens from now on; does not wait until it can. */
  @Override
  void start();

  /** Ends without waiting for anything. */
  @Override
  void stop();
}
