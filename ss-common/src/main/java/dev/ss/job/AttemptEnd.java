package dev.ss.job;

import java.time.Instant;

/**
 * How an attempt ended, to be stored.
 *
 * @param planned what is to become of the job, unless its client has asked to cancel it meanwhile
 * @param endedAt when the attempt ended, however much later it is stored
 */
public record AttemptEnd(Attempt attempt, RunResult result, NextStep planned, Instant endedAt) {

  /**
   * The step that left the job in this state: the planned one, or the cancel that came before it.
   */
  public NextStep stepTo(JobState state) {
    return state == JobState.QUEUED ? planned : new NextStep.Finish(state);
  }
}
