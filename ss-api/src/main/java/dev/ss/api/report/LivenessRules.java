package dev.ss.api.report;

import static dev.ss.api.report.FindingCode.CLOCKS_APART;
import static dev.ss.api.report.FindingCode.JOB_TYPE_UNSERVED;
import static dev.ss.api.report.FindingCode.NO_WORKER;
import static dev.ss.api.report.FindingCode.WORKERS_DRAINING;
import static dev.ss.api.report.FindingCode.WORKERS_STALE;
import static dev.ss.api.report.FindingCode.WORKER_SILENT;

import dev.ss.job.JobType;
import dev.ss.job.QueueState;
import dev.ss.job.QueueStats.Count;
import dev.ss.job.WorkerState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Who is there. */
final class LivenessRules {
  private static final Duration FAR = Duration.ofSeconds(2);

  private LivenessRules() {}

  static List<Finding> of(Facts facts) {
    return Stream.concat(
            facts.current().stream().flatMap(snapshot -> ofWorkers(snapshot, facts.jobTypes())),
            clocks(facts.process()).stream())
        .toList();
  }

  private static Stream<Finding> ofWorkers(Snapshot snapshot, List<JobType> jobTypes) {
    if (snapshot.workers(WorkerState.LIVE).isEmpty()) {
      return Stream.of(nobody(snapshot));
    }
    return Stream.concat(
        silent(snapshot).stream(),
        Stream.concat(
                jobTypes.stream().map(JobType::name),
                snapshot.counts(QueueState.READY).map(Count::jobType))
            .distinct()
            .filter(type -> snapshot.serving(type).isEmpty())
            .map(type -> unserved(snapshot, type)));
  }

  private static Finding nobody(Snapshot snapshot) {
    Map<String, Number> evidence = workers(snapshot).with("ready_jobs", ready(snapshot)).map();
    int draining = snapshot.workers(WorkerState.DRAINING).size();
    if (snapshot.workers().isEmpty()) {
      return Finding.of(NO_WORKER, Verdict.BAD, "No worker takes jobs: there is none.", evidence);
    }
    return draining > 0
        ? Finding.of(
            WORKERS_DRAINING,
            Verdict.BAD,
            "No worker takes jobs: %s."
                .formatted(
                    Words.many(draining, "the last one is stopping", "the last %s are stopping")),
            evidence)
        : Finding.of(
            WORKERS_STALE,
            Verdict.BAD,
            "No worker takes jobs: none of the %d has been heard of for its lease."
                .formatted(snapshot.workers().size()),
            evidence);
  }

  private static Optional<Finding> silent(Snapshot snapshot) {
    int stale = snapshot.workers(WorkerState.STALE).size();
    return stale == 0
        ? Optional.empty()
        : Optional.of(
            Finding.of(
                WORKER_SILENT,
                Verdict.WARN,
                "%s not been heard of for %s lease."
                    .formatted(
                        Words.many(stale, "One worker has", "%s workers have"),
                        stale == 1 ? "its" : "their"),
                workers(snapshot).map()));
  }

  private static Finding unserved(Snapshot snapshot, String jobType) {
    long ready = snapshot.jobs(jobType, QueueState.READY);
    return Finding.ofType(
        JOB_TYPE_UNSERVED,
        ready > 0 ? Verdict.BAD : Verdict.WARN,
        jobType,
        "No live worker runs jobs of %s, and %s."
            .formatted(jobType, Words.many(ready, "one job waits", "%s jobs wait")),
        new Evidence()
            .with("ready_jobs", ready)
            .with("scheduled_jobs", snapshot.jobs(jobType, QueueState.SCHEDULED))
            .with("live_workers", snapshot.workers(WorkerState.LIVE).size())
            .map());
  }

  private static Optional<Finding> clocks(ProcessFacts process) {
    return process
        .clockOffset()
        .filter(offset -> offset.abs().compareTo(FAR) > 0)
        .map(
            offset ->
                Finding.of(
                    CLOCKS_APART,
                    Verdict.WARN,
                    "The database's clock and this machine's differ by %s."
                        .formatted(Words.duration(offset.abs())),
                    new Evidence().with("clock_offset_seconds", offset).map()));
  }

  /** The numbers of the area. */
  static Map<String, Number> evidence(Facts facts) {
    return facts.current().map(snapshot -> workers(snapshot).map()).orElse(Map.of());
  }

  /** What the area is like when there is nothing to say against it. */
  static String summary(Snapshot snapshot) {
    var live = snapshot.workers(WorkerState.LIVE);
    return "%s, %d of %d slots busy."
        .formatted(
            Words.many(live.size(), "One worker is live", "%s workers are live"),
            Snapshot.busySlots(live),
            Snapshot.slots(live));
  }

  private static Evidence workers(Snapshot snapshot) {
    var live = snapshot.workers(WorkerState.LIVE);
    return new Evidence()
        .with("live_workers", live.size())
        .with("draining_workers", snapshot.workers(WorkerState.DRAINING).size())
        .with("stale_workers", snapshot.workers(WorkerState.STALE).size())
        .with("slots", Snapshot.slots(live))
        .with("busy_slots", Snapshot.busySlots(live));
  }

  private static long ready(Snapshot snapshot) {
    return snapshot.jobs(QueueState.READY);
  }
}
