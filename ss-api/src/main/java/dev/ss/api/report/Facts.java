package dev.ss.api.report;

import dev.ss.job.JobType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All that a report follows from.
 *
 * @param now the time, by the database's clock
 * @param running how long this process has run
 * @param snapshot what the database said last, however long ago
 * @param maxAge how old a snapshot may be and still count
 * @param jobTypes the configured types
 * @param queueLimit how many jobs may be queued; empty for no limit
 */
record Facts(
    Instant now,
    Duration running,
    Optional<Snapshot> snapshot,
    Duration maxAge,
    List<JobType> jobTypes,
    OptionalLong queueLimit,
    ProcessFacts process) {

  /** What the database said, if that is recent. */
  Optional<Snapshot> current() {
    return snapshot.filter(each -> !each.taken().plus(maxAge).isBefore(now));
  }
}
