package dev.ss.api.history;

import dev.ss.job.QueueState;
import dev.ss.job.Turnover;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What happened within a few seconds, and the queue at their end.
 *
 * @param end the end of the step
 * @param length the length of the step
 * @param queue the unfinished jobs at the end, by type and state; empty if nobody had counted them
 *     lately
 * @param turnover the jobs that came and ended, by type; empty if the database did not say
 * @param requests the requests about jobs that were answered
 * @param failedRequests those of them that were answered 5xx
 */
public record Step(
    Instant end,
    Duration length,
    Optional<Map<String, Map<QueueState, Long>>> queue,
    Optional<Map<String, Turnover>> turnover,
    long requests,
    long failedRequests) {

  /** The jobs in a state, of these types; of all types if there are none. */
  public OptionalLong queued(QueueState state, Set<String> jobTypes) {
    return queue
        .map(
            counts ->
                OptionalLong.of(
                    counts.entrySet().stream()
                        .filter(count -> isOne(jobTypes).test(count.getKey()))
                        .mapToLong(count -> count.getValue().getOrDefault(state, 0L))
                        .sum()))
        .orElse(OptionalLong.empty());
  }

  /** The jobs that came and ended, of these types; of all types if there are none. */
  public Optional<Turnover> turnover(Set<String> jobTypes) {
    return turnover.map(
        counts ->
            counts.entrySet().stream()
                .filter(count -> isOne(jobTypes).test(count.getKey()))
                .map(Map.Entry::getValue)
                .reduce(Turnover.NONE, Turnover::plus));
  }

  private static Predicate<String> isOne(Set<String> jobTypes) {
    return type -> jobTypes.isEmpty() || jobTypes.contains(type);
  }
}
