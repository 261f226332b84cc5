package dev.ss.testkit.model;

import java.util.List;
import java.util.function.Predicate;

/**
 * An answer about a job that a client received.
 *
 * @param words the request and the answer
 * @param like the condition that the job must have met at some moment between request and answer
 */
public record Told(String words, String jobId, double from, double to, Predicate<Step> like) {
  /** The job was in one of these states. */
  public static Predicate<Step> state(State... states) {
    return step -> List.of(states).contains(step.state());
  }

  /** The job was running and its cancellation was requested. */
  public static Predicate<Step> cancelling() {
    return state(State.RUNNING).and(Step::cancelRequested);
  }

  /** The job was in this state and in this attempt. */
  public static Predicate<Step> state(State state, int attempt) {
    return state(state).and(step -> step.attempt() == attempt);
  }
}
