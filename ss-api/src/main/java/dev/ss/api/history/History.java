package dev.ss.api.history;

import dev.ss.job.QueueState;
import dev.ss.job.QueueStats;
import dev.ss.job.QueueStats.Count;
import dev.ss.job.Turnover;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Keeps in memory what happened in the last hour, in steps of a few seconds. Each run adds a step.
 */
public final class History implements Runnable {
  /** The pause between two runs. */
  public static final Duration STEP = Duration.ofSeconds(10);

  private static final int MAX_STEPS = 360;

  /**
   * A step ends this long ago: what ended later may not be committed yet, and no step would count
   * it.
   */
  private static final Duration COMMITTED = Duration.ofSeconds(2);

  /** The longest step: after a suspend, SS does not count all jobs since then. */
  private static final Duration MAX_LENGTH = Duration.ofMinutes(1);

  private final Turnovers turnovers;
  private final LongSupplier requests;
  private final LongSupplier failedRequests;
  private final Duration maxAge;
  private final Clock clock;
  private final Deque<Step> steps = new ArrayDeque<>();
  private volatile Optional<Counted> lastCount = Optional.empty();
  private Instant lastEnd;
  private long requestsBefore;
  private long failedRequestsBefore;

  /** Counts the jobs of each type that were stored and that ended within a time. */
  @FunctionalInterface
  public interface Turnovers {
    /** Reads the database. */
    Map<String, Turnover> between(Instant from, Instant before);
  }

  private record Counted(Instant time, Map<String, Map<QueueState, Long>> queue) {}

  /**
   * @param requests how many requests about jobs this process has answered
   * @param failedRequests how many of them it has answered 5xx
   * @param maxAge how old a count of the queue may be
   */
  public History(
      Turnovers turnovers,
      LongSupplier requests,
      LongSupplier failedRequests,
      Duration maxAge,
      Clock clock) {
    this.turnovers = turnovers;
    this.requests = requests;
    this.failedRequests = failedRequests;
    this.maxAge = maxAge;
    this.clock = clock;
    this.lastEnd = clock.instant();
  }

  /** The queue has just been counted. */
  public void counted(QueueStats stats) {
    lastCount =
        Optional.of(
            new Counted(
                clock.instant(),
                stats.jobs().stream()
                    .collect(
                        Collectors.groupingBy(
                            Count::jobType, Collectors.toMap(Count::state, Count::jobs)))));
  }

  @Override
  public void run() {
    Instant now = clock.instant();
    Instant end = now.minus(COMMITTED);
    if (!end.isAfter(lastEnd)) {
      return;
    }
    Instant start = later(lastEnd, end.minus(MAX_LENGTH));
    lastEnd = end;
    Optional<Map<String, Turnover>> turnover = Optional.empty();
    try {
      turnover = Optional.of(turnovers.between(start, end));
    } finally {
      add(now, Duration.between(start, end), turnover);
    }
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private void add(Instant now, Duration length, Optional<Map<String, Turnover>> turnover) {
    long requestsNow = requests.getAsLong();
    long failedRequestsNow = failedRequests.getAsLong();
    Step step =
        new Step(
            now,
            length,
            lastCount.filter(count -> !count.time().plus(maxAge).isBefore(now)).map(Counted::queue),
            turnover,
            requestsNow - requestsBefore,
            failedRequestsNow - failedRequestsBefore);
    requestsBefore = requestsNow;
    failedRequestsBefore = failedRequestsNow;
    synchronized (steps) {
      steps.addLast(step);
      if (steps.size() > MAX_STEPS) {
        steps.removeFirst();
      }
    }
  }

  /** Returns all steps, the oldest first. */
  public List<Step> steps() {
    synchronized (steps) {
      return List.copyOf(steps);
    }
  }
}
