package dev.ss.store;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * The time of a database server. The server is asked what time it is; in between, time passes as
 * this machine's monotonic clock says, whatever its other clock is set to.
 */
final class ServerClock extends DatabaseClock {
  /** The one with the quickest answer counts. */
  private static final int QUESTIONS = 3;

  private static final Duration KNOWN_FOR = Duration.ofMinutes(1);

  private final Database database;
  private final Clock machine;
  private final LongSupplier nanoTime;
  private volatile Measurement last;
  private volatile long lastNanos;

  ServerClock(Database database, Clock machine, LongSupplier nanoTime) {
    this.database = database;
    this.machine = machine;
    this.nanoTime = nanoTime;
    measure();
  }

  /**
   * One answer: it was {@code time} at the server when it was {@code atNanos} here, give or take
   * the error, because the server may have answered at any moment between question and receipt.
   */
  private record Measurement(Instant time, long atNanos, long errorNanos) {
    Instant at(long nanos) {
      return time.plusNanos(nanos - atNanos);
    }

    boolean contradicts(Measurement before) {
      return Duration.between(before.at(atNanos), time).abs().toNanos() > errorNanos;
    }
  }

  /**
   * An answer that does not contradict what is known changes nothing, so that time does not jitter.
   */
  @Override
  public void measure() {
    Measurement measured = database.read(this::ask);
    Measurement before = last;
    if (before == null || measured.contradicts(before)) {
      last = measured;
    }
    lastNanos = measured.atNanos();
  }

  private Measurement ask(Handle handle) {
    return Stream.generate(() -> askOnce(handle))
        .limit(QUESTIONS)
        .min(Comparator.comparingLong(Measurement::errorNanos))
        .orElseThrow();
  }

  private Measurement askOnce(Handle handle) {
    long before = nanoTime.getAsLong();
    Instant time =
        handle.createQuery("select clock_timestamp()").mapTo(Timestamp.class).one().toInstant();
    long half = (nanoTime.getAsLong() - before) / 2;
    return new Measurement(time, before + half, half);
  }

  @Override
  public Optional<Duration> offset() {
    long now = nanoTime.getAsLong();
    return now - lastNanos > KNOWN_FOR.toNanos()
        ? Optional.empty()
        : Optional.of(Duration.between(machine.instant(), last.at(now)));
  }

  @Override
  public Instant instant() {
    return last.at(nanoTime.getAsLong()).truncatedTo(ChronoUnit.MILLIS);
  }
}
