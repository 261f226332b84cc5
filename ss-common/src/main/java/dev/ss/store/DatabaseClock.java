package dev.ss.store;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * The database's time, which all processes go by, so that none of them needs a clock that is right.
 * PostgreSQL is asked what time it is; in between, time passes as this machine's monotonic clock
 * says, whatever its other clock is set to. SQLite's time is the machine's.
 *
 * <p>In whole milliseconds: both databases keep those, so nothing changes by being stored.
 */
public final class DatabaseClock extends Clock {
  /** Of which the one with the quickest answer counts. */
  private static final int QUESTIONS = 3;

  private static final Duration KNOWN_FOR = Duration.ofMinutes(1);

  private final Database database;
  private final Clock machine;
  private final LongSupplier nanoTime;
  private volatile Measurement last;
  private volatile long lastNanos;

  /**
   * Asks the database for the first time.
   *
   * @param machine this machine's clock, to compare with
   * @throws DatabaseUnavailableException if it does not answer
   */
  public DatabaseClock(Database database, Clock machine) {
    this(database, machine, System::nanoTime);
  }

  DatabaseClock(Database database, Clock machine, LongSupplier nanoTime) {
    this.database = database;
    this.machine = machine;
    this.nanoTime = nanoTime;
    measure();
  }

  /**
   * That it was {@code time} there when it was {@code atNanos} here, give or take the error. The
   * answer may have been given at any moment between question and receipt.
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
   * Asks the database again. What is known already stays as long as the answer does not contradict
   * it, and when there is no answer.
   *
   * @throws DatabaseUnavailableException if it does not answer
   */
  public void measure() {
    if (database.dialect() == Dialect.SQLITE) {
      return;
    }
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

  /**
   * The database's time less this machine's; nothing when the database has not told for a while.
   */
  public Optional<Duration> offset() {
    if (database.dialect() == Dialect.SQLITE) {
      return Optional.of(Duration.ZERO);
    }
    long now = nanoTime.getAsLong();
    return now - lastNanos > KNOWN_FOR.toNanos()
        ? Optional.empty()
        : Optional.of(Duration.between(machine.instant(), last.at(now)));
  }

  @Override
  public Instant instant() {
    Measurement known = last;
    Instant now = known == null ? machine.instant() : known.at(nanoTime.getAsLong());
    return now.truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("moments have no zone");
  }
}
