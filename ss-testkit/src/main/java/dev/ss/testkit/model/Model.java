package dev.ss.testkit.model;

import static dev.ss.testkit.model.State.CANCELLED;
import static dev.ss.testkit.model.State.FAILED;
import static dev.ss.testkit.model.State.QUEUED;

import java.util.Map;
import java.util.Set;

/**
 * Checks observations against the rules of SS.
 *
 * @param failingTypes the job types whose command fails on its own
 * @param limits {@code maxRunning} by job type
 */
public record Model(Set<String> failingTypes, Map<String, Integer> limits) {
  /** Adds every violation in these observations to the findings. */
  public void check(Observed observed, Findings findings) {
    History history = observed.history();
    new Lifecycle(history, failingTypes, findings).check();
    checkAccepted(observed, findings);
    checkRetries(observed, findings);
    observed.told().forEach(told -> check(told, history, findings));
    observed.walks().forEach(walk -> walk.check(history, findings));
    new Commands(history, observed.runs(), observed.silences(), findings)
        .check(observed.outputs(), limits);
    new Counts(history).check(observed.counted(), observed.unseen(), findings);
  }

  private static void checkAccepted(Observed observed, Findings findings) {
    Set<String> stored = observed.history().jobs();
    observed.accepted().stream()
        .filter(job -> !stored.contains(job))
        .forEach(job -> findings.add("an accepted job is lost", job));
    long unknown = stored.stream().filter(job -> !observed.accepted().contains(job)).count();
    if (unknown > observed.unanswered()) {
      findings.add(
          "there are jobs that nobody submitted",
          "%d, and %d submissions without an answer".formatted(unknown, observed.unanswered()));
    }
  }

  private static void checkRetries(Observed observed, Findings findings) {
    for (String job : observed.history().jobs()) {
      long retried =
          observed.history().changes(job).stream()
              .filter(change -> change.isFrom(FAILED, CANCELLED) && change.isTo(QUEUED))
              .count();
      if (retried > observed.retries().getOrDefault(job, 0)) {
        findings.add("a job is retried more often than clients asked for", job);
      }
    }
  }

  private static void check(Told told, History history, Findings findings) {
    if (!history.had(told.jobId(), told.from(), told.to(), told.like())) {
      findings.add(
          "a client is told what is not so",
          "%s, %s, %.2f to %.2f".formatted(told.words(), told.jobId(), told.from(), told.to()));
    }
  }
}
