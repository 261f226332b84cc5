package dev.ss.store;

import dev.ss.job.JobType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The job types that a worker offers, and how many jobs of each it may claim. Thread-safe. */
final class ClaimableTypes {
  private final ClaimStatements statements;
  private final List<PickQuota> unlimited;
  private final Map<String, Integer> limits;
  private volatile Set<String> paused = Set.of();

  ClaimableTypes(List<JobType> types, ClaimStatements statements) {
    this.statements = statements;
    this.unlimited =
        types.stream()
            .filter(type -> type.maxRunning().isEmpty())
            .map(type -> new PickQuota(type.name(), Integer.MAX_VALUE))
            .toList();
    this.limits =
        types.stream()
            .filter(type -> type.maxRunning().isPresent())
            .collect(Collectors.toMap(JobType::name, type -> type.maxRunning().orElseThrow()));
  }

  /** Leaves out these types from now on. */
  void pause(Set<String> types) {
    paused = Set.copyOf(types);
  }

  /** The quotas if no type has a limit, which takes no query; empty if a type has one. */
  Optional<List<PickQuota>> unlimited() {
    return limits.isEmpty() ? Optional.of(runnable()) : Optional.empty();
  }

  private List<PickQuota> runnable() {
    Set<String> left = paused;
    return left.isEmpty()
        ? unlimited
        : unlimited.stream().filter(quota -> !left.contains(quota.jobType())).toList();
  }

  /**
   * The quotas of this transaction. Leaves out the types that are at their limit, and those whose
   * limit another transaction has locked.
   */
  List<PickQuota> quotas(Handle handle) {
    List<PickQuota> quotas = new ArrayList<>(runnable());
    Set<String> wanted = new HashSet<>(limits.keySet());
    wanted.removeAll(paused);
    Set<String> ours = wanted.isEmpty() ? wanted : statements.lockLimited(handle, wanted);
    if (!ours.isEmpty()) {
      Map<String, Integer> running = running(handle, ours);
      for (String type : ours) {
        int remaining = Objects.requireNonNull(limits.get(type)) - running.getOrDefault(type, 0);
        if (remaining > 0) {
          quotas.add(new PickQuota(type, remaining));
        }
      }
    }
    return quotas;
  }

  /**
   * Counts in a separate statement, which sees what the previous holder of the lock has claimed.
   */
  private static Map<String, Integer> running(Handle handle, Set<String> types) {
    return handle
        .createQuery(
            """
            select job_type, count(*) as running from jobs
            where state = 'running' and job_type in (<types>)
            group by job_type
            """)
        .bindList("types", List.copyOf(types))
        .reduceRows(
            new HashMap<>(),
            (running, row) -> {
              running.put(
                  row.getColumn("job_type", String.class), row.getColumn("running", Integer.class));
              return running;
            });
  }
}
