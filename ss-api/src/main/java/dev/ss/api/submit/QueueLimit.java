package dev.ss.api.submit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Limits how many jobs are queued. A background task counts the queue. Between two counts, this
 * process adds what it has stored since the last count and what it is storing; what other processes
 * have stored or run shows only in the next count. Without a recent count it admits every
 * submission.
 */
public final class QueueLimit {
  private final long maxQueued;
  private final Duration interval;
  private final Duration maxAge;
  private final Clock clock;

  /** Places granted so far, less those given back because no job was stored. */
  private final AtomicLong admitted = new AtomicLong();

  private final AtomicLong stored = new AtomicLong();
  private final AtomicReference<Counted> last = new AtomicReference<>();

  private record Counted(long queued, long storedBefore, Instant at, Instant next) {}

  /**
   * @param maxQueued how many jobs may be queued; empty for no limit
   * @param interval the time between two counts
   * @param maxAge how old a count may be and still apply
   */
  public QueueLimit(OptionalLong maxQueued, Duration interval, Duration maxAge, Clock clock) {
    this.maxQueued = maxQueued.orElse(Long.MAX_VALUE);
    this.interval = interval;
    this.maxAge = maxAge;
    this.clock = clock;
  }

  /** How many jobs this process has stored since it started. Read this before a count begins. */
  public long stored() {
    return stored.get();
  }

  /**
   * Reports a new count.
   *
   * @param storedBefore what {@link #stored()} returned before the count began
   */
  public void counted(long queued, long storedBefore, Duration took) {
    Instant now = clock.instant();
    last.set(new Counted(queued, storedBefore, now, now.plus(interval).plus(took)));
  }

  /**
   * Reserves up to {@code wanted} places and returns how many were granted; pair with {@link
   * #settle}.
   */
  int admit(int wanted) {
    Counted count = last.get();
    if (count == null || clock.instant().isAfter(count.at().plus(maxAge))) {
      admitted.addAndGet(wanted);
      return wanted;
    }
    return room(
        wanted, count, admitted.getAndUpdate(before -> before + room(wanted, count, before)));
  }

  private int room(int wanted, Counted count, long admittedBefore) {
    long room = maxQueued - count.queued() - (admittedBefore - count.storedBefore());
    return (int) Math.max(0, Math.min(wanted, room));
  }

  /**
   * Ends a reservation.
   *
   * @param ofAdmitted how many places {@link #admit} granted
   * @param nowStored how many of them are now stored jobs; the others are free again
   */
  void settle(int ofAdmitted, int nowStored) {
    admitted.addAndGet((long) nowStored - ofAdmitted);
    stored.addAndGet(nowStored);
  }

  /** The time until the next count is expected, rounded up to whole seconds, at least one. */
  Duration untilNextCount() {
    Counted count = last.get();
    Duration wait = count == null ? Duration.ZERO : Duration.between(clock.instant(), count.next());
    return Duration.ofSeconds(Math.max(1, wait.plusMillis(999).toSeconds()));
  }
}
