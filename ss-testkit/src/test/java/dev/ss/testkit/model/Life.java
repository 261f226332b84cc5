package dev.ss.testkit.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds the history of one job, step by step, with one second between two steps. */
final class Life {
  static final String JOB = "job-1";

  private final List<Step> steps = new ArrayList<>();
  private int attempt;
  private int generation;
  private boolean cancelRequested;

  /** Starts with a submitted job. */
  static Life queued() {
    return new Life().step(State.QUEUED, null);
  }

  Life started() {
    attempt++;
    generation++;
    cancelRequested = false;
    return step(State.RUNNING, null);
  }

  Life succeeded() {
    return step(State.SUCCEEDED, null);
  }

  Life toBeCancelled() {
    cancelRequested = true;
    return step(State.RUNNING, null);
  }

  Life cancelled() {
    return step(State.CANCELLED, "cancelled");
  }

  Life failed(String error) {
    return step(State.FAILED, error);
  }

  Life queuedAgain(String error) {
    return step(State.QUEUED, error);
  }

  Life givenBack() {
    attempt--;
    return step(State.QUEUED, "interrupted");
  }

  Life retried() {
    attempt = 0;
    cancelRequested = false;
    return step(State.QUEUED, null);
  }

  /** A start that SS never makes. */
  Life startedInTheSameGeneration() {
    attempt++;
    return step(State.RUNNING, null);
  }

  private Life step(State state, String error) {
    double at = steps.size();
    steps.add(
        new Step(
            at,
            at,
            JOB,
            "quick",
            state,
            attempt,
            generation,
            2,
            state == State.RUNNING ? Optional.of("worker-1") : Optional.empty(),
            cancelRequested,
            Optional.ofNullable(error),
            Optional.empty()));
    return this;
  }

  History history() {
    return new History(steps);
  }
}
