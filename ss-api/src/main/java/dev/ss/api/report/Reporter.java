package dev.ss.api.report;

import dev.ss.job.JobType;
import dev.ss.job.QueueStats;
import dev.ss.job.ScheduleStatus;
import dev.ss.store.RecentAttemptsQuery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Makes the reports. The background count of the queue brings what the database says; each report
 * is made of the last of these and of this process's own counts, and never waits for the database.
 * While it runs periodically, it remembers since when findings last, also if nobody asks.
 */
public final class Reporter implements Runnable {
  private final Settings settings;
  private final Clock clock;
  private final RecentAttemptsQuery attempts;
  private final Supplier<List<ScheduleStatus>> schedules;
  private final BooleanSupplier databaseAway;
  private final Supplier<Optional<Duration>> clockOffset;
  private final RecentCounts counts;
  private final Instant started;
  private final FirstFound firstFound = new FirstFound();
  private volatile Optional<Snapshot> snapshot = Optional.empty();
  private volatile Optional<Report> last = Optional.empty();

  /**
   * What a report goes by.
   *
   * @param lease a worker is stale after a longer silence
   * @param maxAge how old what the database said may be
   * @param queueLimit how many jobs may be queued; empty for no limit
   */
  public record Settings(
      List<JobType> jobTypes, Duration lease, Duration maxAge, OptionalLong queueLimit) {}

  /**
   * @param schedules how far the schedules had come when they were last read
   * @param databaseAway whether the database cannot be used
   * @param clockOffset the database's time minus this machine's, if that is known
   */
  public Reporter(
      Settings settings,
      RecentAttemptsQuery attempts,
      Supplier<List<ScheduleStatus>> schedules,
      BooleanSupplier databaseAway,
      Supplier<Optional<Duration>> clockOffset,
      Counts counts,
      Clock clock) {
    this.settings = settings;
    this.attempts = attempts;
    this.schedules = schedules;
    this.databaseAway = databaseAway;
    this.clockOffset = clockOffset;
    this.clock = clock;
    this.started = clock.instant();
    this.counts = new RecentCounts(counts, started);
  }

  /** Reads the rest of a snapshot from the database; the queue has just been counted. */
  public void counted(QueueStats queue) {
    Instant taken = clock.instant();
    snapshot =
        Optional.of(
            new Snapshot(queue, attempts.recent(), schedules.get(), settings.lease(), taken));
  }

  /** Looks at the counts, and makes a report. */
  @Override
  public synchronized void run() {
    counts.look(clock.instant());
    report();
  }

  /** Makes a report now. */
  public synchronized Report report() {
    Facts facts = facts(clock.instant());
    Judgement judgement = Judgement.of(facts);
    Report made =
        new Report(
            judgement,
            facts.now(),
            facts.current().map(Snapshot::taken),
            firstFound.take(judgement.findings(), facts.now()));
    last = Optional.of(made);
    return made;
  }

  private Facts facts(Instant now) {
    return new Facts(
        now,
        Duration.between(started, now),
        snapshot,
        settings.maxAge(),
        settings.jobTypes(),
        settings.queueLimit(),
        counts.facts(databaseAway.getAsBoolean(), clockOffset.get(), now));
  }

  /** The last report; empty if it is too old. */
  Optional<Report> last() {
    return last.filter(report -> !report.asOf().plus(settings.maxAge()).isBefore(clock.instant()));
  }
}
