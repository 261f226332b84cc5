package dev.ss.store;

import dev.ss.job.WorkerStatus;
import java.time.Instant;
import java.util.List;

/** The table in which workers say that they are there. */
public final class Workers {
  private final Database database;

  /** The workers of this database. */
  public Workers(Database database) {
    this.database = database;
  }

  /** Says what the worker is now; a heartbeat. */
  public void put(WorkerStatus worker) {
    database
        .transactions()
        .inTransaction(
            handle ->
                handle
                    .createUpdate(
                        """
                        insert into workers (worker_id, draining, slots, running, job_types,
                          started_at, last_heartbeat_at)
                        values (:worker_id, :draining, :slots, :running, :job_types, :started_at,
                          :last_heartbeat_at)
                        on conflict (worker_id) do update set draining = excluded.draining,
                          slots = excluded.slots, running = excluded.running,
                          job_types = excluded.job_types, started_at = excluded.started_at,
                          last_heartbeat_at = excluded.last_heartbeat_at
                        """)
                    .bind("worker_id", worker.id())
                    .bind("draining", worker.draining())
                    .bind("slots", worker.slots())
                    .bind("running", worker.running())
                    .bind("job_types", String.join(",", worker.jobTypes()))
                    .bind("started_at", worker.startedAt())
                    .bind("last_heartbeat_at", worker.lastHeartbeatAt())
                    .execute());
  }

  /** Takes a worker that stopped in good order off the list. */
  public void remove(String workerId) {
    database
        .transactions()
        .inTransaction(
            handle -> handle.execute("delete from workers where worker_id = ?", workerId));
  }

  /** Forgets workers nobody has heard of since then. */
  public void removeSilentSince(Instant time) {
    database
        .transactions()
        .inTransaction(
            handle -> handle.execute("delete from workers where last_heartbeat_at < ?", time));
  }

  /** All workers, in the order of their ids. */
  public List<WorkerStatus> list() {
    return database.read(
        handle ->
            handle
                .createQuery("select * from workers order by worker_id")
                .map(
                    (row, context) ->
                        new WorkerStatus(
                            row.getString("worker_id"),
                            row.getBoolean("draining"),
                            row.getInt("slots"),
                            row.getInt("running"),
                            List.of(row.getString("job_types").split(",")),
                            JobRows.instant(row, "started_at").orElseThrow(),
                            JobRows.instant(row, "last_heartbeat_at").orElseThrow()))
                .list());
  }
}
