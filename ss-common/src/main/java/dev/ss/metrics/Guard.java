package dev.ss.metrics;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Catches exceptions of recording a metric, so that they do not disturb the work that is measured.
 */
public final class Guard {
  private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

  private final AtomicBoolean logged = new AtomicBoolean();

  /** Runs the recording. Logs the first exception, and drops all. */
  public void count(Runnable recording) {
    try {
      recording.run();
    } catch (RuntimeException e) {
      if (logged.compareAndSet(false, true)) {
        LOG.error("A metric was not recorded; further failures to record it are not logged.", e);
      }
    }
  }
}
