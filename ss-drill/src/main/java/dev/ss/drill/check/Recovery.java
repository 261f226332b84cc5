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
 * How long it took until jobs ran again whose workers had been hit. Measured on the long jobs,
 * which go before all others.
 */
public final class Recovery {
  private final RecoveryBound bound;
  private final List<Fault> faults = new ArrayList<>();

  /** Nothing has happened yet. */
  public Recovery(RecoveryBound bound) {
    this.bound = bound;
  }

  private record Fault(double from, double counted, Set<Long> workers) {}

  /** These worker processes were hit now. */
  public void hit(double at, Collection<Long> workers) {
    faults.add(new Fault(at, at, Set.copyOf(workers)));
  }

  /** These were hit at a time, but nothing could be recovered before another. */
  public void hit(double at, double recoverableSince, Collection<Long> workers) {
    faults.add(new Fault(at, recoverableSince, Set.copyOf(workers)));
  }

  /** Times in seconds; empty if nothing had to run again. */
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

  /** What had ended well before has been written down before. */
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

  /** The bound the times are held against. */
  RecoveryBound bound() {
    return bound;
  }

  /** Whether anything was hit at all. */
  boolean expected() {
    return !faults.isEmpty();
  }
}
