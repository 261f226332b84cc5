package dev.ss.testkit.model;

import static dev.ss.testkit.model.State.CANCELLED;
import static dev.ss.testkit.model.State.FAILED;
import static dev.ss.testkit.model.State.QUEUED;
import static dev.ss.testkit.model.State.RUNNING;
import static dev.ss.testkit.model.State.SUCCEEDED;

import dev.ss.testkit.model.History.Change;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Checks {@code ss_jobs_total} against this history. */
public final class Counts {
  private static final Map<String, Predicate<Change>> EVENTS = events();

  private final History history;

  Counts(History history) {
    this.history = history;
  }

  /**
   * A period in which a process may have counted or committed steps unseen: from the last scrape of
   * a killed process to its end, or around a fault of the database.
   */
  public record Unseen(double from, double to) {
    boolean has(Change change) {
      return change.to().at() >= from && change.to().at() <= to;
    }
  }

  private static Map<String, Predicate<Change>> events() {
    Map<String, Predicate<Change>> events = new LinkedHashMap<>();
    events.put("created", change -> change.from().isEmpty());
    events.put("started", change -> change.isFrom(QUEUED) && change.isTo(RUNNING));
    events.put("succeeded", change -> isEnd(change) && change.isTo(SUCCEEDED));
    events.put("failed", change -> isEnd(change) && change.isTo(FAILED));
    events.put("cancelled", change -> isEnd(change) && change.isTo(CANCELLED));
    events.put("recovered", change -> change.isFrom(RUNNING) && isLost(change));
    events.put("retried", change -> isByClient(change) || isByFailure(change));
    return events;
  }

  private static boolean isEnd(Change change) {
    return change.isFrom(QUEUED, RUNNING) && change.to().state().isFinal();
  }

  private static boolean isLost(Change change) {
    return !change.isTo(RUNNING) && isError(change, "worker_lost");
  }

  private static boolean isByClient(Change change) {
    return change.isFrom(FAILED, CANCELLED) && change.isTo(QUEUED);
  }

  private static boolean isByFailure(Change change) {
    return change.isFrom(RUNNING) && change.isTo(QUEUED) && isError(change, "command_failed");
  }

  private static boolean isError(Change change, String code) {
    return change.to().error().equals(Optional.of(code));
  }

  void check(Map<String, Double> counted, Collection<Unseen> unseen, Findings findings) {
    EVENTS.forEach(
        (event, such) -> {
          var changes = history.changes(such);
          long hidden =
              changes.stream().filter(each -> unseen.stream().anyMatch(u -> u.has(each))).count();
          double count = counted.getOrDefault(event, 0.0);
          if (count > changes.size() || count < changes.size() - hidden) {
            findings.add(
                "ss_jobs_total does not agree",
                "%s is %.0f, but there were %d, at most %d of them unseen"
                    .formatted(event, count, changes.size(), hidden));
          }
        });
  }
}
