package dev.ss.drill.check;

import dev.ss.drill.load.Accepted;
import dev.ss.drill.load.JobKind;
import dev.ss.testkit.ledger.Execution;
import java.util.ArrayList;
import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How long it took until jobs ran again after their workers had been hit. Only long jobs are
 * measured, because they have priority over all others.
 */
public final class Recovery {
  private final RecoveryBound bound;
  private final List<Fault> faults = new ArrayList<>();

  public Recovery(RecoveryBound bound) {
    this.bound = bound;
  }

  private record Fault(double from, double counted, Set<Long> workers) {}

  /** Records that these worker processes were hit at this time. */
  public void hit(double at, Collection<Long> workers) {
    faults.add(new Fault(at, at, Set.copyOf(workers)));
  }

  /**
   * Records that these worker processes were hit, where nothing could be recovered before a later
   * time.
   */
  public void hit(double at, double recoverableSince, Collection<Long> workers) {
    faults.add(new Fault(at, recoverableSince, Set.copyOf(workers)));
  }

  /** Returns the times in seconds; empty if no job had to run again. */
  DoubleSummaryStatistics times(List<Execution> executions, List<Accepted> accepted) {
    Set<String> longJobs =
        accepted.stream()
            .filter(each -> each.kind() == JobKind.LONG)
            .map(Accepted::jobId)
            .collect(Collectors.toSet());
    List<Execution> considered =
        executions.stream().filter(each -> longJobs.contains(each.jobId())).toList();
    return faults.stream()
        .flatMap(
            fault ->
                considered.stream()
                    .filter(each -> wasHit(each, fault))
                    .map(each -> again(each, fault, considered))
                    .flatMap(each -> each.stream().boxed()))
        .mapToDouble(Double::doubleValue)
        .summaryStatistics();
  }

  /** The result of a command that ended well before the fault was already stored. */
  private static boolean wasHit(Execution execution, Fault fault) {
    return fault.workers().contains(execution.worker())
        && execution.start() <= fault.from()
        && execution.end().orElse(Double.MAX_VALUE) > fault.from() - 1;
  }

  private static OptionalDouble again(Execution hit, Fault fault, List<Execution> executions) {
    return executions.stream()
        .filter(each -> each.jobId().equals(hit.jobId()) && each.start() > fault.from())
        .mapToDouble(each -> Math.max(0, each.start() - fault.counted()))
        .min();
  }

  /** Returns the bound for the times. */
  RecoveryBound bound() {
    return bound;
  }

  /** Whether any worker was hit. */
  boolean expected() {
    return !faults.isEmpty();
  }
}
