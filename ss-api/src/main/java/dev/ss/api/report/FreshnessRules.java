package dev.ss.api.report;

import static dev.ss.api.report.FindingCode.DATABASE_AWAY;
import static dev.ss.api.report.FindingCode.SNAPSHOT_STALE;
import static dev.ss.api.report.FindingCode.STARTING;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Whether anybody can tell how things are. */
final class FreshnessRules {
  private FreshnessRules() {}

  static List<Finding> of(Facts facts) {
    List<Finding> found = new ArrayList<>();
    if (facts.process().databaseAway()) {
      found.add(
          Finding.of(
              DATABASE_AWAY,
              Verdict.BAD,
              "The database does not answer: jobs are neither taken nor finished until it does.",
              age(facts).map()));
    }
    if (facts.current().isEmpty()) {
      found.add(isStarting(facts) ? starting(facts) : stale(facts));
    }
    return found;
  }

  private static boolean isStarting(Facts facts) {
    return facts.snapshot().isEmpty() && facts.running().compareTo(facts.maxAge()) < 0;
  }

  private static Finding starting(Facts facts) {
    return Finding.of(
        STARTING,
        Verdict.UNKNOWN,
        "This API has just started and has not counted the queue yet.",
        new Evidence().with("running_seconds", facts.running()).map());
  }

  private static Finding stale(Facts facts) {
    return Finding.of(
        SNAPSHOT_STALE,
        Verdict.UNKNOWN,
        "This API cannot count the queue and the workers; its log says why.",
        age(facts).with("max_age_seconds", facts.maxAge()).map());
  }

  private static Evidence age(Facts facts) {
    Evidence evidence = new Evidence();
    facts
        .snapshot()
        .ifPresent(
            last ->
                evidence.with("snapshot_age_seconds", Duration.between(last.taken(), facts.now())));
    return evidence;
  }
}
