package dev.ss.testkit.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** All versions of all jobs' rows, each job's in the order of writing. */
public final class History {
  /** Seconds that may pass on a busy disk between a commit and its visibility to others. */
  static final double FLUSH = 2;

  /**
   * Largest difference in seconds between the database's clock and the machine's uptime, which
   * ticks every 10 ms.
   */
  static final double CLOCKS = 0.1;

  private final Map<String, List<Step>> byJob = new LinkedHashMap<>();

  /** Makes a history of these steps, which must be in the order of writing. */
  public History(Collection<Step> steps) {
    steps.forEach(step -> byJob.computeIfAbsent(step.jobId(), any -> new ArrayList<>()).add(step));
  }

  /** Returns the ids of all jobs. */
  public Set<String> jobs() {
    return byJob.keySet();
  }

  /** Returns the job's steps; none if there was no such job. */
  public List<Step> of(String jobId) {
    return byJob.getOrDefault(jobId, List.of());
  }

  /** Returns the job's last step. */
  public Optional<Step> last(String jobId) {
    List<Step> steps = of(jobId);
    return steps.isEmpty() ? Optional.empty() : Optional.of(steps.get(steps.size() - 1));
  }

  /**
   * One step from a version to the next.
   *
   * @param from the version before; empty for the first
   */
  public record Change(Optional<Step> from, Step to) {
    /** Whether the change leads from one of these states. */
    boolean isFrom(State... states) {
      return from.filter(step -> List.of(states).contains(step.state())).isPresent();
    }

    /** Whether the change leads to one of these states. */
    boolean isTo(State... states) {
      return List.of(states).contains(to.state());
    }
  }

  /** Returns the job's changes in order. */
  public List<Change> changes(String jobId) {
    List<Change> changes = new ArrayList<>();
    Optional<Step> from = Optional.empty();
    for (Step to : of(jobId)) {
      changes.add(new Change(from, to));
      from = Optional.of(to);
    }
    return changes;
  }

  /** Returns the changes of all jobs that match. */
  List<Change> changes(Predicate<Change> such) {
    return jobs().stream().flatMap(job -> changes(job).stream()).filter(such).toList();
  }

  /**
   * One generation of a job, from its start until the job left the running state.
   *
   * @param worker the worker that was to run it
   * @param at when its row was written
   * @param committed when all others could see it
   * @param left when all others could see that it was over; infinite if it is still running
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
    /**
     * Whether others saw it running at this time. One job's end and another's start may share a
     * commit.
     */
    boolean isSeenAt(double time) {
      return committed <= time && left > time;
    }
  }

  /** Returns the job's starts in order. */
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
    return steps.get(i).state() == State.RUNNING
        && (i == 0 || steps.get(i - 1).state() != State.RUNNING);
  }

  private static double leftAt(List<Step> steps, int start) {
    for (Step later : steps.subList(start, steps.size())) {
      if (later.state() != State.RUNNING) {
        return later.committed();
      }
    }
    return Double.POSITIVE_INFINITY;
  }

  /** Whether a reader may have seen the job in such a state at some moment between these times. */
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
