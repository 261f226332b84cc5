package dev.ss.testkit.model;

import static dev.ss.testkit.model.State.CANCELLED;
import static dev.ss.testkit.model.State.FAILED;
import static dev.ss.testkit.model.State.QUEUED;
import static dev.ss.testkit.model.State.RUNNING;
import static dev.ss.testkit.model.State.SUCCEEDED;

import dev.ss.testkit.model.History.Change;
import java.util.Set;

/** Checks the steps that jobs took. */
final class Lifecycle {
  private final History history;
  private final Set<String> failingTypes;
  private final Findings findings;

  /**
   * Checks this history.
   *
   * @param failingTypes the job types whose command fails on its own; others never do
   */
  Lifecycle(History history, Set<String> failingTypes, Findings findings) {
    this.history = history;
    this.failingTypes = failingTypes;
    this.findings = findings;
  }

  void check() {
    for (String job : history.jobs()) {
      history.changes(job).forEach(this::check);
      if (!history.last(job).orElseThrow().state().isFinal()) {
        findings.add("a job does not end", job);
      }
    }
  }

  private void check(Change change) {
    if (change.from().isEmpty()) {
      hold(change.isTo(QUEUED) && change.to().attempt() == 0, "a job is born queued", change);
      return;
    }
    Step from = change.from().get();
    Step to = change.to();
    hold(to.generation() >= from.generation(), "a generation never falls", change);
    hold(to.attempt() <= to.maxAttempts(), "no job has more attempts than allowed", change);
    if (from.state() == to.state()) {
      checkStay(change, from, to);
    } else if (from.state() == RUNNING) {
      checkEnd(change, from, to);
    } else if (from.state() == QUEUED) {
      checkTaken(change, from, to);
    } else {
      hold(from.state() != SUCCEEDED && to.state() == QUEUED, "a final job stays as it is", change);
      hold(to.attempt() == 0, "a retried job has all its attempts before it", change);
    }
  }

  private void checkStay(Change change, Step from, Step to) {
    hold(from.attempt() == to.attempt(), "an attempt is counted by a start only", change);
    hold(!from.state().isFinal(), "a final job stays as it is", change);
    if (from.state() == RUNNING) {
      hold(
          from.generation() == to.generation(),
          "a running job changes hands by a new start",
          change);
      hold(to.cancelRequested(), "the wish to cancel a running job stays", change);
    }
  }

  private void checkTaken(Change change, Step from, Step to) {
    if (to.state() == RUNNING) {
      hold(to.attempt() == from.attempt() + 1, "a start is one attempt more", change);
      hold(to.generation() > from.generation(), "a start is a new generation", change);
      hold(to.worker().isPresent(), "a running job has a worker", change);
      hold(!to.cancelRequested(), "a job that is to be cancelled is not started", change);
    } else {
      hold(to.state() == CANCELLED, "a queued job is started or cancelled", change);
      hold(to.attempt() == from.attempt(), "an attempt is counted by a start only", change);
    }
  }

  private void checkEnd(Change change, Step from, Step to) {
    boolean interrupted = isError(to, "interrupted");
    if (to.state() == QUEUED) {
      int back = from.attempt() - to.attempt();
      hold(back == 0 || (back == 1 && interrupted), "only a given back attempt is free", change);
      hold(!from.cancelRequested(), "a job that is to be cancelled is not queued again", change);
    } else {
      hold(to.attempt() == from.attempt(), "an attempt is counted by a start only", change);
    }
    hold(to.state() != CANCELLED || from.cancelRequested(), "only clients cancel", change);
    hold(
        to.state() != FAILED || to.attempt() >= to.maxAttempts(),
        "a job fails with its last attempt",
        change);
    checkReason(change, to);
  }

  private void checkReason(Change change, Step to) {
    if (to.state() == SUCCEEDED) {
      hold(to.error().isEmpty(), "success has no error", change);
      return;
    }
    boolean fails = isError(to, "command_failed");
    hold(
        !fails || failingTypes.contains(to.jobType()),
        "a command does not fail that is let alone",
        change);
    hold(
        !isError(to, "timed_out") && !isError(to, "could_not_run"),
        "every command can be run and is quick enough",
        change);
  }

  private static boolean isError(Step step, String code) {
    return step.error().filter(code::equals).isPresent();
  }

  private void hold(boolean holds, String rule, Change change) {
    if (!holds) {
      findings.add("not so: " + rule, words(change));
    }
  }

  static String words(Change change) {
    return change.to().jobId()
        + " "
        + change.from().map(Lifecycle::words).orElse("nothing")
        + " → "
        + words(change.to());
  }

  private static String words(Step step) {
    return "%s attempt %d/%d generation %d%s%s on %s at %.2f"
        .formatted(
            name(step.state()),
            step.attempt(),
            step.maxAttempts(),
            step.generation(),
            step.error().map(error -> " " + error).orElse(""),
            step.exitCode().map(code -> " " + code).orElse(""),
            step.worker().orElse("-"),
            step.at());
  }

  private static String name(State state) {
    return state.wireName();
  }
}
