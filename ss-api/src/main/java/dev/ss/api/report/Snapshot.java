package dev.ss.api.report;

import dev.ss.job.QueueState;
import dev.ss.job.QueueStats;
import dev.ss.job.QueueStats.Count;
import dev.ss.job.RecentAttempts;
import dev.ss.job.ScheduleStatus;
import dev.ss.job.WorkerState;
import dev.ss.job.WorkerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the database said at one moment.
 *
 * @param attempts how each configured job type has done lately
 * @param schedules how far the configured schedules have come
 * @param lease a worker is stale after a longer silence
 * @param taken the moment, by the database's clock
 */
record Snapshot(
    QueueStats queue,
    List<RecentAttempts> attempts,
    List<ScheduleStatus> schedules,
    Duration lease,
    Instant taken) {

  /** All workers that the database knows. */
  List<WorkerStatus> workers() {
    return queue.known();
  }

  long jobs(QueueState state) {
    return counts(state).mapToLong(Count::jobs).sum();
  }

  long jobs(String jobType, QueueState state) {
    return count(jobType, state).map(Count::jobs).orElse(0L);
  }

  Stream<Count> counts(QueueState state) {
    return queue.jobs().stream().filter(count -> count.state() == state);
  }

  private Optional<Count> count(String jobType, QueueState state) {
    return counts(state).filter(count -> count.jobType().equals(jobType)).findFirst();
  }

  /** How long the job that has waited longest has waited; zero if none waits. */
  Duration oldestReady() {
    return counts(QueueState.READY)
        .map(Count::oldest)
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  List<WorkerStatus> workers(WorkerState state) {
    return workers().stream().filter(worker -> worker.state(taken, lease) == state).toList();
  }

  /** The live workers that run jobs of this type. */
  List<WorkerStatus> serving(String jobType) {
    return workers(WorkerState.LIVE).stream()
        .filter(worker -> worker.jobTypes().contains(jobType))
        .toList();
  }

  /** How long ago the newest attempt of this type began; empty if none is known. */
  Optional<Duration> sinceLastStart(String jobType) {
    return attempts.stream()
        .filter(of -> of.jobType().equals(jobType))
        .flatMap(of -> of.lastStart().stream())
        .map(start -> Duration.between(start, taken))
        .findFirst();
  }

  static int slots(List<WorkerStatus> workers) {
    return workers.stream().mapToInt(WorkerStatus::slots).sum();
  }

  static int busySlots(List<WorkerStatus> workers) {
    return workers.stream().mapToInt(worker -> Math.min(worker.running(), worker.slots())).sum();
  }
}
