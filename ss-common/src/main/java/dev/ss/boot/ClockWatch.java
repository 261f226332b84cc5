package dev.ss.boot;

import dev.ss.store.DatabaseClock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures the database's time, and logs when this machine's clock is far from it. */
final class ClockWatch implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);
  private static final Duration FAR = Duration.ofSeconds(1);
  private static final Duration NEAR = Duration.ofMillis(500);
  private static final double MILLIS_PER_SECOND = 1e3;

  private final DatabaseClock clock;
  private boolean far;

  ClockWatch(DatabaseClock clock) {
    this.clock = clock;
  }

  @Override
  public void run() {
    clock.measure();
    Optional<Duration> offset = clock.offset();
    if (!far && offset.filter(this::isFar).isPresent()) {
      LOG.warn(
          "The database's clock and this machine's differ by {} s; SS uses the database's.",
          offset.get().abs().toMillis() / MILLIS_PER_SECOND);
      far = true;
    } else if (far && offset.filter(this::isNear).isPresent()) {
      LOG.info("The database's clock and this machine's agree again.");
      far = false;
    }
  }

  private boolean isFar(Duration offset) {
    return offset.abs().compareTo(FAR) > 0;
  }

  private boolean isNear(Duration offset) {
    return offset.abs().compareTo(NEAR) < 0;
  }
}
