package dev.ss.api;

import dev.ss.api.history.History;
import dev.ss.api.http.AnsweredRequests;
import dev.ss.api.metrics.JobTypeMetrics;
import dev.ss.api.metrics.OverdueMetrics;
import dev.ss.api.metrics.QueueMetrics;
import dev.ss.api.metrics.ScheduleMetrics;
import dev.ss.api.report.Counts;
import dev.ss.api.report.Reporter;
import dev.ss.api.schedule.Scheduler;
import dev.ss.api.submit.QueueLimit;
import dev.ss.api.watch.OverdueWatch;
import dev.ss.api.watch.QueueWatch;
import dev.ss.boot.DatabaseProbe;
import dev.ss.bridge.BridgeRegistry;
import dev.ss.config.SsConfiguration;
import dev.ss.job.JobType;
import dev.ss.job.QueueStats;
import dev.ss.job.Schedule;
import dev.ss.metrics.JobMetrics;
import dev.ss.metrics.ObjectiveTargets;
import dev.ss.store.Database;
import dev.ss.store.DatabaseClock;
import dev.ss.store.JobTypeStates;
import dev.ss.store.OverdueJobsQuery;
import dev.ss.store.QueueStatsQuery;
import dev.ss.store.RecentAttemptsQuery;
import dev.ss.store.Schedules;
import dev.ss.store.TurnoverQuery;
import dev.ss.store.Workers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Creates what the API does in the background: counting the queue, looking for overdue jobs, making
 * the jobs of schedules, and keeping the numbers of the report and of the last hour. All of them
 * read the same database by the same clock.
 */
final class BackgroundWork {
  /** A count of the queue is valid for this many count intervals. */
  private static final int HELD_INTERVALS = 3;

  /** The scheduler looks at the clock this often: somebody may set the database's. */
  private static final Duration MAX_SCHEDULER_PAUSE = Duration.ofSeconds(5);

  private final SsConfiguration configuration;
  private final BridgeRegistry registry;
  private final Database database;
  private final DatabaseClock clock;

  BackgroundWork(
      SsConfiguration configuration,
      BridgeRegistry registry,
      Database database,
      DatabaseClock clock) {
    this.configuration = configuration;
    this.registry = registry;
    this.database = database;
    this.clock = clock;
  }

  /** The time between two counts of the queue. */
  Duration interval() {
    return configuration.api().queueInterval().toJavaDuration();
  }

  private Duration maxAge() {
    return interval().multipliedBy(HELD_INTERVALS);
  }

  private List<String> names() {
    return configuration.jobTypes().stream().map(JobType::name).toList();
  }

  QueueLimit queueLimit() {
    return new QueueLimit(configuration.api().queueLimit(), interval(), maxAge(), clock);
  }

  /** Counts the queue for the metrics, for the limit, and for whoever gets the counts. */
  QueueWatch queueWatch(QueueLimit limit, Workers workers, Consumer<QueueStats> andThen) {
    QueueMetrics metrics = new QueueMetrics(registry, names(), maxAge(), clock);
    JobTypeMetrics types = new JobTypeMetrics(registry, names(), maxAge(), clock);
    JobTypeMetrics.limits(registry, configuration.maxTimesWithoutSuccess());
    QueueMetrics.limit(registry, configuration.api().queueLimit());
    configuration
        .jobTypes()
        .forEach(type -> QueueMetrics.runningLimit(registry, type.name(), type.maxRunning()));
    return new QueueWatch(
        new QueueStatsQuery(database, workers, configuration.worker().lease(), clock),
        metrics,
        limit,
        new JobTypeStates(database),
        types,
        andThen,
        System::nanoTime);
  }

  /** Looks for jobs that are late by their type's objectives; empty if no type has any. */
  Optional<OverdueWatch> overdueWatch() {
    List<JobType> promised =
        configuration.jobTypes().stream()
            .filter(type -> !type.objectives().all().isEmpty())
            .toList();
    if (promised.isEmpty()) {
      return Optional.empty();
    }
    ObjectiveTargets.register(registry, promised);
    return Optional.of(
        new OverdueWatch(
            new OverdueJobsQuery(database, promised, clock),
            new OverdueMetrics(registry, promised, maxAge(), clock),
            System::nanoTime));
  }

  Scheduler scheduler(JobMetrics jobMetrics) {
    List<String> names = configuration.schedules().stream().map(Schedule::name).toList();
    return new Scheduler(
        configuration.schedules(),
        new Schedules(database),
        new ScheduleMetrics(registry, names, maxAge(), clock),
        jobMetrics,
        shorter(MAX_SCHEDULER_PAUSE, interval()),
        clock,
        System::nanoTime);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  Reporter reporter(Scheduler scheduler, DatabaseProbe probe, Counts counts) {
    return new Reporter(
        new Reporter.Settings(
            configuration.jobTypes(),
            configuration.worker().lease(),
            maxAge(),
            configuration.api().queueLimit()),
        new RecentAttemptsQuery(database, names(), clock),
        scheduler::last,
        () -> probe.failure().isPresent(),
        clock::offset,
        counts,
        clock);
  }

  History history(AnsweredRequests answered) {
    return new History(
        new TurnoverQuery(database)::between, answered::all, answered::failed, maxAge(), clock);
  }
}
