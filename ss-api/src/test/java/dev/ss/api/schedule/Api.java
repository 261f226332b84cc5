package dev.ss.api.schedule;

import dev.ss.api.metrics.ScheduleMetrics;
import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.MetricsHandler;
import dev.ss.job.JobType;
import dev.ss.job.Schedule;
import dev.ss.job.Timetable;
import dev.ss.metrics.JobMetrics;
import dev.ss.store.TestStore;
import dev.ss.testkit.exposition.Scrape;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** The scheduler of one API, with metrics of its own. */
final class Api {
  static final Duration MAX_PAUSE = Duration.ofSeconds(5);

  private static final Duration MAX_AGE = Duration.ofSeconds(15);

  private final BridgeRegistry registry = new BridgeRegistry();
  private final Scheduler scheduler;

  Api(TestStore store, Clock clock, Schedule... schedules) {
    this.scheduler =
        new Scheduler(
            List.of(schedules),
            store.schedules(),
            new ScheduleMetrics(
                registry, List.of(schedules).stream().map(Schedule::name).toList(), MAX_AGE, clock),
            new JobMetrics(registry, JobMetrics.OF_API, List.of("word-count")),
            MAX_PAUSE,
            clock,
            System::nanoTime);
  }

  static Schedule schedule(String name, String cron, String zone, Duration catchUp) {
    return new Schedule(
        name,
        Timetable.of(cron, ZoneId.of(zone)),
        new JobType("word-count", List.of("wc"), Duration.ofMinutes(1), 2, Optional.empty()),
        "of the schedule".getBytes(StandardCharsets.UTF_8),
        7,
        catchUp);
  }

  Scheduler scheduler() {
    return scheduler;
  }

  void tick() {
    scheduler.run();
  }

  Scrape scrape() {
    return Scrape.of(new MetricsHandler(registry));
  }

  long created() {
    return (long) scrape().sum("ss_jobs_total", "event=\"created\"");
  }
}
