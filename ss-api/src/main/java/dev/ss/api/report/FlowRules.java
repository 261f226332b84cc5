package dev.ss.api.report;

import static dev.ss.api.report.FindingCode.BACKLOG_MOVING;
import static dev.ss.api.report.FindingCode.BACKLOG_OLD;
import static dev.ss.api.report.FindingCode.BACKLOG_STANDING;
import static dev.ss.api.report.FindingCode.JOB_TYPE_AT_LIMIT;
import static dev.ss.api.report.FindingCode.JOB_TYPE_PAUSED;
import static dev.ss.api.report.FindingCode.QUEUE_FULL;
import static dev.ss.api.report.FindingCode.QUEUE_NEAR_LIMIT;
import static dev.ss.api.report.FindingCode.SLOTS_BUSY;

import dev.ss.job.QueueState;
import dev.ss.job.QueueStats.Count;
import dev.ss.job.WorkerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether work moves. A backlog moves while jobs of its type start. */
final class FlowRules {
  /** A job that could run should have been started after so long; so should the next one. */
  private static final Duration SOON = Duration.ofSeconds(30);

  /** As in the alert. */
  private static final Duration TOO_LONG = Duration.ofMinutes(30);

  /** The part of the limit that may be queued, as in the alert. */
  private static final double NEARLY_FULL = 0.8;

  private FlowRules() {}

  static List<Finding> of(Facts facts) {
    return Stream.concat(
            limit(facts).stream(),
            facts.current().stream()
                .flatMap(
                    snapshot ->
                        snapshot
                            .counts(QueueState.READY)
                            .filter(count -> count.oldest().compareTo(SOON) >= 0)
                            .flatMap(count -> backlog(facts, snapshot, count).stream())))
        .toList();
  }

  private static Optional<Finding> limit(Facts facts) {
    if (facts.process().queueFull() > 0) {
      return Optional.of(
          Finding.of(
              QUEUE_FULL,
              Verdict.BAD,
              "The queue is full: %s in the last minute."
                  .formatted(
                      Words.many(
                          facts.process().queueFull(),
                          "one submission was refused",
                          "%s submissions were refused")),
              queued(facts).with("refused_submissions", facts.process().queueFull()).map()));
    }
    return facts
        .current()
        .filter(snapshot -> facts.queueLimit().isPresent())
        .filter(
            snapshot -> snapshot.queue().queued() > NEARLY_FULL * facts.queueLimit().getAsLong())
        .map(
            snapshot ->
                Finding.of(
                    QUEUE_NEAR_LIMIT,
                    Verdict.WARN,
                    "The queue has %s of at most %s jobs."
                        .formatted(
                            Words.number(snapshot.queue().queued()),
                            Words.number(facts.queueLimit().getAsLong())),
                    queued(facts).map()));
  }

  private static Evidence queued(Facts facts) {
    Evidence evidence = new Evidence();
    facts.current().ifPresent(snapshot -> evidence.with("queued_jobs", snapshot.queue().queued()));
    facts.queueLimit().ifPresent(limit -> evidence.with("queue_limit_jobs", limit));
    return evidence;
  }

  /** A type that nobody serves is a finding of {@link LivenessRules}. */
  private static Optional<Finding> backlog(Facts facts, Snapshot snapshot, Count waiting) {
    Instant pausedAt = snapshot.queue().paused().get(waiting.jobType());
    if (pausedAt != null) {
      return Optional.of(paused(waiting, Duration.between(pausedAt, snapshot.taken())));
    }
    List<WorkerStatus> serving = snapshot.serving(waiting.jobType());
    if (serving.isEmpty()) {
      return Optional.empty();
    }
    Optional<Integer> maxRunning =
        facts.jobTypes().stream()
            .filter(type -> type.name().equals(waiting.jobType()))
            .flatMap(type -> type.maxRunning().stream())
            .findFirst();
    Backlog backlog =
        new Backlog(
            waiting,
            snapshot.jobs(waiting.jobType(), QueueState.RUNNING),
            maxRunning,
            Snapshot.slots(serving),
            Snapshot.busySlots(serving),
            snapshot.sinceLastStart(waiting.jobType()));
    return Optional.of(
        Finding.ofType(
            backlog.code(),
            backlog.severity(),
            waiting.jobType(),
            backlog.summary(),
            backlog.evidence()));
  }

  private static Finding paused(Count waiting, Duration since) {
    return Finding.ofType(
        JOB_TYPE_PAUSED,
        Verdict.WARN,
        waiting.jobType(),
        "%s of %s %s, because the type is paused; POST /v1/job-types/%s/resume lets them start."
            .formatted(
                Words.many(waiting.jobs(), "One job", "%s jobs"),
                waiting.jobType(),
                waiting.jobs() == 1 ? "waits" : "wait",
                waiting.jobType()),
        new Evidence()
            .with("ready_jobs", waiting.jobs())
            .with("oldest_ready_age_seconds", waiting.oldest())
            .with("paused_for_seconds", since)
            .map());
  }

  /** The jobs of one type that have waited for some time. */
  private record Backlog(
      Count waiting,
      long running,
      Optional<Integer> maxRunning,
      int slots,
      int busySlots,
      Optional<Duration> sinceLastStart) {

    FindingCode code() {
      if (sinceLastStart.filter(since -> since.compareTo(SOON) < 0).isPresent()) {
        return waiting.oldest().compareTo(TOO_LONG) > 0 ? BACKLOG_OLD : BACKLOG_MOVING;
      }
      if (maxRunning.filter(limit -> running >= limit).isPresent()) {
        return JOB_TYPE_AT_LIMIT;
      }
      return busySlots < slots ? BACKLOG_STANDING : SLOTS_BUSY;
    }

    Verdict severity() {
      return switch (code()) {
        case BACKLOG_MOVING -> Verdict.OK;
        case BACKLOG_STANDING -> Verdict.BAD;
        default -> Verdict.WARN;
      };
    }

    String summary() {
      String jobs =
          "%s of %s %s"
              .formatted(
                  Words.many(waiting.jobs(), "One job", "%s jobs"),
                  waiting.jobType(),
                  waiting.jobs() == 1 ? "waits" : "wait");
      String oldest = "the oldest for " + Words.duration(waiting.oldest());
      return switch (code()) {
        case BACKLOG_STANDING ->
            "%s, %s, although %s free."
                .formatted(
                    jobs, oldest, Words.many(slots - busySlots, "a slot is", "%s slots are"));
        case SLOTS_BUSY ->
            "%s, %s: all %d slots are busy with jobs that run for long."
                .formatted(jobs, oldest, slots);
        case JOB_TYPE_AT_LIMIT ->
            "%s, %s: as many run as its maxRunning allows, and for long.".formatted(jobs, oldest);
        default -> "%s, %s; jobs of the type start.".formatted(jobs, oldest);
      };
    }

    Map<String, Number> evidence() {
      Evidence evidence =
          new Evidence()
              .with("ready_jobs", waiting.jobs())
              .with("oldest_ready_age_seconds", waiting.oldest())
              .with("running_jobs", running)
              .with("slots", slots)
              .with("busy_slots", busySlots);
      sinceLastStart.ifPresent(since -> evidence.with("since_last_start_seconds", since));
      maxRunning.ifPresent(limit -> evidence.with("max_running", limit));
      return evidence.map();
    }
  }

  /** The numbers of the area. */
  static Map<String, Number> evidence(Facts facts) {
    return facts
        .current()
        .map(
            snapshot ->
                new Evidence()
                    .with("ready_jobs", snapshot.jobs(QueueState.READY))
                    .with("scheduled_jobs", snapshot.jobs(QueueState.SCHEDULED))
                    .with("running_jobs", snapshot.jobs(QueueState.RUNNING))
                    .with("oldest_ready_age_seconds", snapshot.oldestReady())
                    .map())
        .orElse(Map.of());
  }

  /** What the area is like when there is nothing to say against it. */
  static String summary(Snapshot snapshot) {
    long ready = snapshot.jobs(QueueState.READY);
    return ready == 0
        ? "No job waits."
        : "%s, the oldest for %s."
            .formatted(
                Words.many(ready, "One job waits", "%s jobs wait"),
                Words.duration(snapshot.oldestReady()));
  }
}
