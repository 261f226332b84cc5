package dev.ss.job;

import java.time.Instant;

/**
 * How an attempt ended, for storing.
 *
 * @param planned the job's next step, unless its client has asked to cancel it meanwhile
 * @param endedAt when the attempt ended, however much later its end is stored
 */
public record AttemptEnd(Attempt attempt, RunResult result, NextStep planned, Instant endedAt) {

  /**
   * Returns the step that led to this state of the job: the planned one, or the cancel that
   * replaced it.
   */
  public NextStep stepTo(JobState state) {
    return state == JobState.QUEUED ? planned : new NextStep.Finish(state);
  }
}
