package dev.ss.store;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The job types that are paused: their jobs wait, and those that run go on. Thread-safe. */
public final class PausedTypes {
  private final Database database;

  public PausedTypes(Database database) {
    this.database = database;
  }

  /** Returns since when each of the paused types is paused. */
  public Map<String, Instant> all() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select job_type, paused_at from job_types where paused_at is not null")
                .map(
                    (row, context) ->
                        Map.entry(
                            row.getString("job_type"),
                            JobRows.instant(row, "paused_at").orElseThrow()))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  /**
   * Pauses a type for all workers, until it is resumed.
   *
   * @param by the name of the client's token, which is kept
   * @return whether it was not paused before
   */
  public boolean pause(String jobType, Instant now, Optional<String> by) {
    return database.inTransaction(
            handle ->
                handle
                    .createUpdate(
                        """
                        insert into job_types (job_type, paused_at, paused_by)
                        values (:job_type, :now, :by)
                        on conflict (job_type) do update
                        set paused_at = excluded.paused_at, paused_by = excluded.paused_by
                        where job_types.paused_at is null
                        """)
                    .bind("job_type", jobType)
                    .bind("now", now)
                    .bind("by", by.orElse(null))
                    .execute())
        == 1;
  }

  /**
   * Lets workers claim jobs of the type again, and wakes them.
   *
   * @return whether it was paused before
   */
  public boolean resume(String jobType) {
    boolean resumed =
        database.inTransaction(
                handle ->
                    handle.execute(
                        """
                        update job_types set paused_at = null, paused_by = null
                        where job_type = ? and paused_at is not null
                        """,
                        jobType))
            == 1;
    if (resumed) {
      database.wakeUps().queued(jobType);
    }
    return resumed;
  }
}
