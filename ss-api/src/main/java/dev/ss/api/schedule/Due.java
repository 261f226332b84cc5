package dev.ss.api.schedule;

import dev.ss.job.Schedule;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The due moments of a schedule that have passed and are not settled.
 *
 * @param moments those that get a job
 * @param missed the number of those that get none
 * @param until the last of all of them
 */
record Due(List<Instant> moments, long missed, Instant until) {
  /** The maximum number of moments that get a job at once; of more, the newest do. */
  static final int MAX_JOBS = 100;

  /** Returns what has become due after {@code settledUntil}; empty if nothing has. */
  static Optional<Due> of(Schedule schedule, Instant settledUntil, Instant now) {
    Deque<Instant> moments = new ArrayDeque<>();
    long missed = 0;
    Instant until = settledUntil;
    for (Optional<Instant> next = schedule.timetable().next(until);
        next.isPresent() && !next.get().isAfter(now);
        next = schedule.timetable().next(until)) {
      until = next.get();
      if (until.isBefore(now.minus(schedule.catchUp()))) {
        missed++;
        continue;
      }
      if (moments.size() == MAX_JOBS) {
        moments.removeFirst();
        missed++;
      }
      moments.addLast(until);
    }
    return until.equals(settledUntil)
        ? Optional.empty()
        : Optional.of(new Due(List.copyOf(moments), missed, until));
  }
}
