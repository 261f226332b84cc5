package dev.ss.api.schedule;

import dev.ss.api.metrics.ScheduleMetrics;
import dev.ss.api.submit.NewJobIds;
import dev.ss.job.JobEvent;
import dev.ss.job.JobInput;
import dev.ss.job.JobOptions;
import dev.ss.job.NewJob;
import dev.ss.job.Schedule;
import dev.ss.job.ScheduleState;
import dev.ss.job.ScheduleStatus;
import dev.ss.metrics.JobMetrics;
import dev.ss.store.Schedules;
import dev.ss.store.Schedules.Settlement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the jobs of an API's schedules. It runs periodically: when the next schedule is due, and in
 * between to read how far the schedules have come. Of several APIs, the first to commit makes a due
 * moment's job; the others find the moment settled.
 */
public final class Scheduler implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);
  private static final Duration MIN_PAUSE = Duration.ofMillis(10);

  private final List<Schedule> schedules;
  private final Schedules store;
  private final ScheduleMetrics metrics;
  private final JobMetrics jobMetrics;
  private final Duration maxPause;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final NewJobIds ids;

  private final ReentrantLock running = new ReentrantLock();
  private volatile boolean closed;
  private boolean announced;
  private Map<String, Instant> keptSuccesses = Map.of();
  private final Set<String> notInForce = new HashSet<>();
  private volatile Optional<Instant> nextDue = Optional.empty();
  private volatile List<ScheduleStatus> last = List.of();

  /**
   * @param maxPause the maximum time between two runs
   */
  public Scheduler(
      List<Schedule> schedules,
      Schedules store,
      ScheduleMetrics metrics,
      JobMetrics jobMetrics,
      Duration maxPause,
      Clock clock,
      LongSupplier nanoTime) {
    this.schedules = List.copyOf(schedules);
    this.store = store;
    this.metrics = metrics;
    this.jobMetrics = jobMetrics;
    this.maxPause = maxPause;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.ids = new NewJobIds(clock);
  }

  /** How long to wait until the next run. */
  public Duration pause() {
    Duration untilDue = nextDue.map(due -> Duration.between(clock.instant(), due)).orElse(maxPause);
    if (untilDue.compareTo(maxPause) > 0) {
      return maxPause;
    }
    return untilDue.compareTo(MIN_PAUSE) < 0 ? MIN_PAUSE : untilDue;
  }

  /** How far the schedules had come when they were last read. */
  public List<ScheduleStatus> last() {
    return last;
  }

  /** Reads how far the schedules have come. */
  public List<ScheduleStatus> statuses() {
    Map<String, ScheduleState> states = store.all();
    return schedules.stream()
        .map(each -> ScheduleStatus.of(each, Optional.ofNullable(states.get(each.name()))))
        .toList();
  }

  /**
   * Reads how far the schedules have come, for the metrics and the report. Call it on a thread of
   * its own: a run may wait for another transaction's lock, and meanwhile its schedules get late.
   */
  public void look() {
    if (schedules.isEmpty()) {
      return;
    }
    long begin = nanoTime.getAsLong();
    try {
      read();
      metrics.succeeded(since(begin));
    } catch (RuntimeException e) {
      metrics.failed(since(begin));
      throw e;
    }
  }

  @Override
  public void run() {
    running.lock();
    try {
      if (!closed) {
        settleAndRead();
      }
    } finally {
      running.unlock();
    }
  }

  /** Makes no more jobs, and waits up to {@code limit} until those in progress are counted. */
  public void close(Duration limit) {
    closed = true;
    try {
      if (running.tryLock(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        running.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void settleAndRead() {
    nextDue = Optional.empty(); // unless all of this succeeds
    announceOnce();
    if (schedules.isEmpty()) {
      return;
    }
    List<ScheduleStatus> seen = read();
    if (settleAll(seen)) {
      seen = read();
    }
    nextDue = nextDue(seen);
    keepSuccesses(seen);
  }

  private void announceOnce() {
    if (!announced) {
      store.announce(schedules, clock.instant());
      announced = true;
    }
  }

  private List<ScheduleStatus> read() {
    List<ScheduleStatus> read = statuses();
    last = read;
    metrics.read(read);
    return read;
  }

  private static Optional<Instant> nextDue(List<ScheduleStatus> seen) {
    return seen.stream()
        .filter(ScheduleStatus::isInForce)
        .flatMap(status -> status.nextAt().stream())
        .min(Comparator.naturalOrder());
  }

  private void keepSuccesses(List<ScheduleStatus> seen) {
    Map<String, Instant> successes =
        seen.stream()
            .flatMap(status -> status.state().stream())
            .flatMap(state -> state.lastSuccessAt().map(at -> Map.entry(state.name(), at)).stream())
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    if (!successes.equals(keptSuccesses)) {
      store.keepLastSuccesses(successes);
      keptSuccesses = successes;
    }
  }

  /**
   * Settles what is due. A failure of one schedule, such as a lock on it, keeps no other from its
   * jobs.
   *
   * @return whether any was due
   */
  private boolean settleAll(List<ScheduleStatus> seen) {
    Instant now = clock.instant();
    boolean anyDue = false;
    List<RuntimeException> failures = new ArrayList<>();
    for (ScheduleStatus status : seen) {
      try {
        anyDue |= settle(status, now);
      } catch (RuntimeException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      RuntimeException first = failures.get(0);
      failures.stream().skip(1).forEach(first::addSuppressed);
      throw first;
    }
    return anyDue;
  }

  private boolean settle(ScheduleStatus status, Instant now) {
    noteInForce(status.schedule(), status.isInForce());
    boolean isDue =
        status.isInForce() && status.nextAt().filter(at -> !at.isAfter(now)).isPresent();
    if (isDue) {
      ScheduleState seen = status.state().orElseThrow();
      Due.of(status.schedule(), seen.settledUntil(), now)
          .ifPresent(due -> settle(status.schedule(), seen, due, now));
    }
    return isDue;
  }

  private void settle(Schedule schedule, ScheduleState seen, Due due, Instant now) {
    List<NewJob> jobs = due.moments().stream().map(at -> job(schedule, at)).toList();
    if (!store.settle(seen, new Settlement(due.until(), jobs, due.missed()), now)) {
      return;
    }
    jobs.forEach(job -> jobMetrics.happened(JobEvent.CREATED, job.jobType()));
    metrics.missed(schedule.name(), due.missed());
    if (due.missed() > 0) {
      LOG.warn(
          "Schedule {} has missed {} runs; {} are caught up.",
          schedule.name(),
          due.missed(),
          jobs.size());
    }
  }

  private NewJob job(Schedule schedule, Instant due) {
    UUID id = ids.create();
    return new NewJob(
        id,
        schedule.jobType().name(),
        schedule.jobType().maxAttempts(),
        schedule.priority(),
        NewJobIds.createdAt(id),
        due,
        JobInput.of(schedule.input()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        JobOptions.NONE,
        Optional.of(schedule.name()));
  }

  private void noteInForce(Schedule schedule, boolean inForce) {
    if (inForce) {
      notInForce.remove(schedule.name());
    } else if (notInForce.add(schedule.name())) {
      LOG.warn(
          "This API makes no jobs of schedule {}: an API that started later has configured it"
              + " differently or not at all.",
          schedule.name());
    }
  }

  private Duration since(long begin) {
    return Duration.ofNanos(nanoTime.getAsLong() - begin);
  }
}
