package dev.ss.api.metrics;

import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.CollectorStatus;
import dev.ss.bridge.Label;
import dev.ss.bridge.LabelPair;
import dev.ss.job.QueueState;
import dev.ss.job.QueueStats;
import dev.ss.job.QueueStats.Count;
import dev.ss.job.WorkerState;
import dev.ss.metrics.Catalogue;
import dev.ss.metrics.JobTypeLabel;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reports the queue and the workers from the last snapshot that was read from the database. When
 * the snapshot is too old, these series are absent.
 */
public final class QueueMetrics {
  private static final double MILLIS_PER_SECOND = 1e3;

  private final Set<String> jobTypes;
  private final CollectorStatus status;
  private final LastKnown<QueueStats> last;

  /**
   * Declares the families, with each series from the start.
   *
   * @param jobTypes the names of the configured types; jobs of other types appear as {@code _other}
   * @param maxAge the maximum age of a snapshot that is reported
   */
  public QueueMetrics(
      BridgeRegistry registry, Collection<String> jobTypes, Duration maxAge, Clock clock) {
    this.jobTypes = Set.copyOf(jobTypes);
    this.last = new LastKnown<>(maxAge, clock);
    this.status = new CollectorStatus(registry, "queue", com.codahale.metrics.Clock.defaultClock());
    Label<String> jobType = JobTypeLabel.of(jobTypes);
    Stream.concat(jobTypes.stream(), Stream.of(Catalogue.OTHER_JOB_TYPE))
        .forEach(type -> declare(registry, type, jobType.is(type)));
    Label<WorkerState> workerState = Label.ofEnum("state", WorkerState.class);
    for (WorkerState state : WorkerState.values()) {
      registry.read(
          Catalogue.WORKERS.spec(),
          () -> last.number(numbers -> numbers.workers().getOrDefault(state, 0L)),
          workerState.is(state));
    }
  }

  private void declare(BridgeRegistry registry, String type, LabelPair label) {
    Label<QueueState> queueState = Label.ofEnum("state", QueueState.class);
    for (QueueState state : QueueState.values()) {
      registry.read(
          Catalogue.QUEUE_JOBS.spec(),
          () -> last.number(numbers -> counts(numbers, type, state).mapToLong(Count::jobs).sum()),
          label,
          queueState.is(state));
    }
    registry.read(
        Catalogue.QUEUE_OLDEST_READY.spec(),
        () -> last.number(numbers -> oldest(numbers, type, QueueState.READY)),
        label);
    registry.read(
        Catalogue.QUEUE_OLDEST_RUNNING.spec(),
        () -> last.number(numbers -> oldest(numbers, type, QueueState.RUNNING)),
        label);
    if (jobTypes.contains(type)) {
      registry.read(
          Catalogue.JOB_TYPE_LIVE_WORKERS.spec(),
          () -> last.number(numbers -> numbers.liveWorkers().getOrDefault(type, 0L)),
          label);
      registry.read(
          Catalogue.JOB_TYPE_PAUSED.spec(),
          () -> last.number(numbers -> numbers.paused().containsKey(type) ? 1 : 0),
          label);
    }
  }

  /**
   * Reports the limit of the queue, which needs no snapshot.
   *
   * @param maxQueued how many jobs may be queued; empty for no limit
   */
  public static void limit(BridgeRegistry registry, OptionalLong maxQueued) {
    double limit = maxQueued.isPresent() ? maxQueued.getAsLong() : Double.POSITIVE_INFINITY;
    registry.read(Catalogue.QUEUE_LIMIT.spec(), () -> limit);
  }

  /**
   * Reports how many jobs of a type may run at once, which needs no snapshot.
   *
   * @param maxRunning empty for no limit
   */
  public static void runningLimit(
      BridgeRegistry registry, String jobType, Optional<Integer> maxRunning) {
    double limit = maxRunning.map(Integer::doubleValue).orElse(Double.POSITIVE_INFINITY);
    registry.read(Catalogue.JOB_TYPE_RUNNING_LIMIT.spec(), () -> limit, JobTypeLabel.is(jobType));
  }

  /** The queue has been counted. */
  public void counted(QueueStats numbers, Duration took) {
    last.is(numbers);
    status.succeeded(took);
  }

  /** The queue could not be counted. */
  public void failed(Duration took) {
    status.failed(took);
  }

  private Stream<Count> counts(QueueStats numbers, String type, QueueState state) {
    return numbers.jobs().stream()
        .filter(count -> count.state() == state && shownAs(count.jobType()).equals(type));
  }

  private double oldest(QueueStats numbers, String type, QueueState state) {
    return counts(numbers, type, state)
        .map(Count::oldest)
        .max(Comparator.naturalOrder())
        .map(QueueMetrics::seconds)
        .orElse(0.0);
  }

  private String shownAs(String jobType) {
    return jobTypes.contains(jobType) ? jobType : Catalogue.OTHER_JOB_TYPE;
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / MILLIS_PER_SECOND;
  }
}
