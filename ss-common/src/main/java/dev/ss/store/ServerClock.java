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
 * The clock of a database server. It asks the server for its time. Between two answers it follows
 * this machine's monotonic clock, so the setting of this machine's wall clock does not matter.
 */
final class ServerClock extends DatabaseClock {
  /** The questions of one measurement; the quickest answer counts. */
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
    this.last = database.read(this::ask);
    this.lastNanos = last.atNanos();
  }

  /**
   * One answer: the server's time was {@code time} when this machine's monotonic clock showed
   * {@code atNanos}. The error is half the round trip, because the server may have answered at any
   * moment between the question and the receipt.
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
   * Ignores an answer that agrees with the last measurement within the error, so that the time does
   * not jitter.
   */
  @Override
  public void measure() {
    Measurement measured = database.read(this::ask);
    if (measured.contradicts(last)) {
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
