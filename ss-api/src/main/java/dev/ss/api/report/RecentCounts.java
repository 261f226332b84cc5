package dev.ss.api.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;

/** Looks at counts every second, and tells by how much they have grown within a time. */
final class RecentCounts {
  private static final Duration KEPT = Duration.ofMinutes(5);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Threads that wait for a connection for as long do not only wait for their turn. */
  private static final Duration WAITING = Duration.ofSeconds(5);

  private final Counts counts;
  private final Deque<Look> looks = new ArrayDeque<>();

  private record Look(
      Instant time,
      long requests,
      long failedRequests,
      long queueFull,
      long tokensRefused,
      long hostsRefused,
      int waiting) {

    static Look at(Instant time, Counts counts) {
      return new Look(
          time,
          counts.requests().getAsLong(),
          counts.failedRequests().getAsLong(),
          counts.queueFull().getAsLong(),
          counts.tokensRefused().getAsLong(),
          counts.hostsRefused().getAsLong(),
          counts.waitingForConnection().getAsInt());
    }
  }

  RecentCounts(Counts counts, Instant now) {
    this.counts = counts;
    looks.add(Look.at(now, counts));
  }

  /** Looks at the counts, and forgets what is too old. */
  void look(Instant now) {
    looks.removeIf(look -> look.time().plus(KEPT).isBefore(now));
    looks.addLast(Look.at(now, counts));
  }

  /** Adds to the other facts how the counts have grown. */
  ProcessFacts facts(boolean databaseAway, Optional<Duration> clockOffset, Instant now) {
    Look last = Look.at(now, counts);
    Look minute = oldestWithin(MINUTE, now, last);
    Look longer = oldestWithin(KEPT, now, last);
    return new ProcessFacts(
        databaseAway,
        clockOffset,
        waiting(last),
        last.requests() - minute.requests(),
        last.failedRequests() - minute.failedRequests(),
        last.queueFull() - minute.queueFull(),
        last.tokensRefused() - longer.tokensRefused(),
        last.hostsRefused() - longer.hostsRefused());
  }

  private Look oldestWithin(Duration time, Instant now, Look last) {
    return looks.stream()
        .filter(look -> !look.time().plus(time).isBefore(now))
        .findFirst()
        .orElse(last);
  }

  /** The fewest threads that have waited at any look; zero without looks of enough time. */
  private int waiting(Look last) {
    Instant from = last.time().minus(WAITING);
    return looks.getFirst().time().isAfter(from)
        ? 0
        : looks.stream()
            .filter(look -> !look.time().isBefore(from))
            .min(Comparator.comparingInt(Look::waiting))
            .map(fewest -> Math.min(fewest.waiting(), last.waiting()))
            .orElse(0);
  }
}
