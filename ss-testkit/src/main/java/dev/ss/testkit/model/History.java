package dev.ss.testkit.model;

import dev.ss.job.JobState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** All versions of all jobs' rows, each job's in the order they were written. */
public final class History {
  /** A commit is made, flushed and then seen; on a busy disk that takes so many seconds. */
  static final double FLUSH = 2;

  /** The database's clock and the machine's uptime, which ticks every 10 ms, differ by so much. */
  static final double CLOCKS = 0.1;

  private final Map<String, List<Step>> byJob = new LinkedHashMap<>();

  /** A history of these steps, which are in the order they were written. */
  public History(Collection<Step> steps) {
    steps.forEach(step -> byJob.computeIfAbsent(step.jobId(), any -> new ArrayList<>()).add(step));
  }

  /** The ids of all jobs there were. */
  public Set<String> jobs() {
    return byJob.keySet();
  }

  /** The job's steps; none of a job that there never was. */
  public List<Step> of(String jobId) {
    return byJob.getOrDefault(jobId, List.of());
  }

  /** What the job came to. */
  public Optional<Step> last(String jobId) {
    List<Step> steps = of(jobId);
    return steps.isEmpty() ? Optional.empty() : Optional.of(steps.get(steps.size() - 1));
  }

  /**
   * One step from one version to the next.
   *
   * @param from nothing for the first
   */
  public record Change(Optional<Step> from, Step to) {
    /** Whether it leads from one of these states. */
    boolean isFrom(JobState... states) {
      return from.filter(step -> List.of(states).contains(step.state())).isPresent();
    }

    /** Whether it leads to one of these states. */
    boolean isTo(JobState... states) {
      return List.of(states).contains(to.state());
    }
  }

  /** The job's changes in their order. */
  public List<Change> changes(String jobId) {
    List<Change> changes = new ArrayList<>();
    Optional<Step> from = Optional.empty();
    for (Step to : of(jobId)) {
      changes.add(new Change(from, to));
      from = Optional.of(to);
    }
    return changes;
  }

  /** The changes of all jobs that are such. */
  List<Change> changes(Predicate<Change> such) {
    return jobs().stream().flatMap(job -> changes(job).stream()).filter(such).toList();
  }

  /**
   * One generation of a job, from its start until the job's row said something else.
   *
   * @param worker that was to run it
   * @param at when its row was written
   * @param committed when all others could see it
   * @param left when all others could see that it was over; infinite if it runs on
   */
  public record Start(
      String jobId,
      String jobType,
      int attempt,
      int generation,
      String worker,
      double at,
      double committed,
      double left) {
    /** Whether others saw it running at this time; an end may share its commit with a start. */
    boolean isSeenAt(double time) {
      return committed <= time && left > time;
    }
  }

  /** The job's starts in their order. */
  public List<Start> starts(String jobId) {
    List<Start> starts = new ArrayList<>();
    List<Step> steps = of(jobId);
    for (int i = 0; i < steps.size(); i++) {
      if (isStart(steps, i)) {
        Step step = steps.get(i);
        starts.add(
            new Start(
                jobId,
                step.jobType(),
                step.attempt(),
                step.generation(),
                step.worker().orElse(""),
                step.at(),
                step.committed(),
                leftAt(steps, i)));
      }
    }
    return starts;
  }

  private static boolean isStart(List<Step> steps, int i) {
    return steps.get(i).state() == JobState.RUNNING
        && (i == 0 || steps.get(i - 1).state() != JobState.RUNNING);
  }

  private static double leftAt(List<Step> steps, int start) {
    for (Step later : steps.subList(start, steps.size())) {
      if (later.state() != JobState.RUNNING) {
        return later.committed();
      }
    }
    return Double.POSITIVE_INFINITY;
  }

  /** Whether the job may have been seen like this at some moment of this time. */
  boolean had(String jobId, double from, double to, Predicate<Step> like) {
    List<Step> steps = of(jobId);
    for (int i = 0; i < steps.size(); i++) {
      double until =
          i + 1 < steps.size() ? steps.get(i + 1).committed() + FLUSH : Double.POSITIVE_INFINITY;
      if (steps.get(i).at() <= to + CLOCKS && until >= from && like.test(steps.get(i))) {
        return true;
      }
    }
    return false;
  }
}
