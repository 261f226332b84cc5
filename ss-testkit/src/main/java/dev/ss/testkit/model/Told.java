package dev.ss.testkit.model;

import dev.ss.job.JobState;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a client was told of a job.
 *
 * @param words what it asked, and the answer
 * @param like what the job must have been like at some moment between question and answer
 */
public record Told(String words, String jobId, double from, double to, Predicate<Step> like) {
  /** That it was in one of these states. */
  public static Predicate<Step> state(JobState... states) {
    return step -> List.of(states).contains(step.state());
  }

  /** That it was running and is to be cancelled. */
  public static Predicate<Step> cancelling() {
    return state(JobState.RUNNING).and(Step::cancelRequested);
  }

  /** That it was in this state, in this attempt. */
  public static Predicate<Step> state(JobState state, int attempt) {
    return state(state).and(step -> step.attempt() == attempt);
  }
}
