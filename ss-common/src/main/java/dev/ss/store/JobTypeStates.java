package dev.ss.store;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** What is known of job types, however long ago their jobs were deleted. */
public final class JobTypeStates {
  private static final String RAISE =
      """
      insert into job_types (job_type, last_success_at) values (:job_type, :last_success_at)
      on conflict (job_type) do update set last_success_at = excluded.last_success_at
      where job_types.last_success_at is null
        or job_types.last_success_at < excluded.last_success_at
      """;

  private final Database database;

  public JobTypeStates(Database database) {
    this.database = database;
  }

  /** Stores when a job of each of these types last succeeded, unless a later time is stored. */
  public void succeeded(Map<String, Instant> lastSuccesses) {
    if (!lastSuccesses.isEmpty()) {
      database.inTransaction(handle -> raise(handle, lastSuccesses));
    }
  }

  /** In the order of the types, so that the transactions of two workers cannot deadlock. */
  private static int[] raise(Handle handle, Map<String, Instant> lastSuccesses) {
    PreparedBatch batch = handle.prepareBatch(RAISE);
    new TreeMap<>(lastSuccesses)
        .forEach((type, at) -> batch.bind("job_type", type).bind("last_success_at", at).add());
    return batch.execute();
  }

  /** When a job of each type last succeeded; without the types of which none ever has. */
  public Map<String, Instant> lastSuccesses() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select job_type, last_success_at from job_types"
                        + " where last_success_at is not null")
                .map(
                    (row, context) ->
                        Map.entry(
                            row.getString("job_type"),
                            JobRows.instant(row, "last_success_at").orElseThrow()))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }
}
