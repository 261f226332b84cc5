package dev.ss.api.report;

import dev.ss.job.JobType;
import dev.ss.job.LastAttempt;
import dev.ss.job.LastAttempt.Result;
import dev.ss.job.QueueState;
import dev.ss.job.QueueStats;
import dev.ss.job.QueueStats.Count;
import dev.ss.job.RecentAttempts;
import dev.ss.job.Schedule;
import dev.ss.job.ScheduleState;
import dev.ss.job.ScheduleStatus;
import dev.ss.job.Timetable;
import dev.ss.job.WorkerStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Facts of which a test says only what is out of the ordinary. */
final class FactsBuilder {
  static final Instant NOW = Instant.parse("2026-03-05T10:15:30Z");
  private static final Duration LEASE = Duration.ofSeconds(20);
  private static final int MOST = 100;

  private final List<Count> jobs = new ArrayList<>();
  private final List<WorkerStatus> workers = new ArrayList<>();
  private final Map<String, List<LastAttempt>> attempts = new TreeMap<>();
  private final Map<String, Instant> paused = new TreeMap<>();
  private final List<ScheduleStatus> schedules = new ArrayList<>();
  private Duration age = Duration.ofSeconds(1);
  private Duration running = Duration.ofHours(1);
  private boolean counted = true;
  private OptionalLong queueLimit = OptionalLong.of(1000);
  private ProcessFacts process =
      new ProcessFacts(false, Optional.of(Duration.ZERO), 0, 100, 0, 0, 0, 0);

  /** With a live worker of four slots for both job types. */
  FactsBuilder worker() {
    return worker("w", false, 4, 0, 5, "report", "resize");
  }

  FactsBuilder worker(
      String id, boolean draining, int slots, int busy, int silentSeconds, String... types) {
    workers.add(
        new WorkerStatus(
            id,
            draining,
            slots,
            busy,
            List.of(types),
            NOW,
            NOW.minus(age).minusSeconds(silentSeconds),
            Optional.empty()));
    return this;
  }

  FactsBuilder paused(String type) {
    paused.put(type, NOW.minusSeconds(600));
    return this;
  }

  /** A schedule that is due next, and has last missed a run, so long after now. */
  FactsBuilder schedule(String name, long nextInSeconds, Optional<Long> missedInSeconds) {
    Timetable timetable = Timetable.of("0 2 * * *", ZoneOffset.UTC);
    ScheduleState state =
        new ScheduleState(
            name,
            timetable.cron(),
            timetable.zone().getId(),
            NOW,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            missedInSeconds.isPresent() ? 3 : 0,
            missedInSeconds.map(NOW::plusSeconds));
    schedules.add(
        new ScheduleStatus(
            new Schedule(
                name,
                timetable,
                type("report", Optional.empty()),
                new byte[0],
                0,
                Duration.ofHours(1)),
            Optional.of(state),
            timetable,
            Optional.of(NOW.plusSeconds(nextInSeconds))));
    return this;
  }

  FactsBuilder jobs(String type, QueueState state, long number, long oldestSeconds) {
    jobs.add(new Count(type, state, number, Duration.ofSeconds(oldestSeconds)));
    return this;
  }

  /** The newest of them began so long ago, each before it a second earlier. */
  FactsBuilder attempts(String type, Result result, int number, long secondsAgo) {
    List<LastAttempt> of = attempts.computeIfAbsent(type, each -> new ArrayList<>());
    for (int i = 0; i < number; i++) {
      of.add(new LastAttempt(result, NOW.minusSeconds(secondsAgo + i)));
    }
    return this;
  }

  FactsBuilder snapshotAge(Duration time) {
    age = time;
    return this;
  }

  FactsBuilder neverCounted(Duration since) {
    counted = false;
    running = since;
    return this;
  }

  FactsBuilder queueLimit(long limit) {
    queueLimit = OptionalLong.of(limit);
    return this;
  }

  FactsBuilder process(ProcessFacts facts) {
    process = facts;
    return this;
  }

  Facts build() {
    Snapshot snapshot =
        new Snapshot(
            new QueueStats(jobs, workers, Map.of(), Map.of(), paused),
            attempts.entrySet().stream()
                .map(entry -> RecentAttempts.of(entry.getKey(), entry.getValue(), MOST))
                .collect(Collectors.toList()),
            schedules,
            LEASE,
            NOW.minus(age));
    return new Facts(
        NOW,
        running,
        Optional.of(snapshot).filter(each -> counted),
        Duration.ofSeconds(15),
        List.of(type("report", Optional.of(2)), type("resize", Optional.empty())),
        queueLimit,
        process);
  }

  private static JobType type(String name, Optional<Integer> maxRunning) {
    return new JobType(name, List.of("true"), Duration.ofMinutes(1), 3, maxRunning);
  }
}
