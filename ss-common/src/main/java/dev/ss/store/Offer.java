package dev.ss.store;

import dev.ss.job.JobType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The job types a worker offers to run, and how many more jobs of each may run. */
final class Offer {
  /** Of PostgreSQL's advisory locks, those that are about a job type's limit. */
  private static final int LOCKS = 0x55_1137;

  private final Dialect dialect;
  private final List<Share> unlimited;
  private final Map<String, Integer> limits;

  Offer(List<JobType> types, Dialect dialect) {
    this.dialect = dialect;
    this.unlimited =
        types.stream()
            .filter(type -> type.maxRunning().isEmpty())
            .map(type -> new Share(type.name(), Integer.MAX_VALUE))
            .toList();
    this.limits =
        types.stream()
            .filter(type -> type.maxRunning().isPresent())
            .collect(Collectors.toMap(JobType::name, type -> type.maxRunning().orElseThrow()));
  }

  /**
   * What may be picked in this transaction. A type of which as many run as may, or whose limit
   * somebody else is about to use up, is not among it.
   */
  List<Share> shares(Handle handle) {
    if (limits.isEmpty()) {
      return unlimited;
    }
    List<Share> shares = new ArrayList<>(unlimited);
    Set<String> ours = dialect == Dialect.POSTGRESQL ? locked(handle) : limits.keySet();
    if (!ours.isEmpty()) {
      Map<String, Integer> running = running(handle, ours);
      for (String type : ours) {
        int places = limits.get(type) - running.getOrDefault(type, 0);
        if (places > 0) {
          shares.add(new Share(type, places));
        }
      }
    }
    return shares;
  }

  /**
   * Those of the limited types that nobody else is picking. A worker that is being waited for could
   * be frozen, and everybody with it.
   */
  private Set<String> locked(Handle handle) {
    List<String> types = List.copyOf(limits.keySet());
    String pairs =
        IntStream.range(0, types.size())
            .mapToObj("(:type_%1$d, :key_%1$d)"::formatted)
            .collect(Collectors.joining(", "));
    Query query =
        handle
            .createQuery(
                """
                select job_type from (values %s) as limited (job_type, lock_key)
                where pg_try_advisory_xact_lock(:locks, lock_key)
                """
                    .formatted(pairs))
            .bind("locks", LOCKS);
    for (int i = 0; i < types.size(); i++) {
      query.bind("type_" + i, types.get(i));
      query.bind("key_" + i, types.get(i).hashCode());
    }
    return query.mapTo(String.class).set();
  }

  /** A statement of its own: what whoever had the lock before has picked must be seen. */
  private static Map<String, Integer> running(Handle handle, Set<String> types) {
    return handle
        .createQuery(
            """
            select task_name, count(*) as running from scheduled_tasks
            where picked and last_heartbeat is not null and task_name in (<types>)
            group by task_name
            """)
        .bindList("types", List.copyOf(types))
        .reduceRows(
            new HashMap<String, Integer>(),
            (running, row) -> {
              running.put(
                  row.getColumn("task_name", String.class),
                  row.getColumn("running", Integer.class));
              return running;
            });
  }
}
