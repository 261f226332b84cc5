package dev.ss.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The clock of a database whose processes are all on one machine. */
final class MachineClock extends DatabaseClock {
  private final Clock machine;

  MachineClock(Clock machine) {
    this.machine = machine;
  }

  @Override
  public void measure() {
    // There is nothing to ask.
  }

  @Override
  public Optional<Duration> offset() {
    return Optional.of(Duration.ZERO);
  }

  @Override
  public Instant instant() {
    return machine.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
