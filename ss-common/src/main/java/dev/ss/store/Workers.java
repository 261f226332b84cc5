package dev.ss.store;

import dev.ss.job.WorkerStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The table in which workers say that they are there. A worker's id is a name that one process at a
 * time holds; that process is told from others by its instance.
 */
public final class Workers {
  private final Database database;

  /** The workers of this database. */
  public Workers(Database database) {
    this.database = database;
  }

  /**
   * Takes the worker's name for an instance, if nobody has it or its holder has lost it.
   *
   * @param heardBefore a holder that was last heard of before this has lost it
   * @param dead an instance whose process has ended for certain; if it is the holder, what it was
   *     running is recovered at once instead of after a lease
   * @return whether the name is this instance's now
   */
  public boolean take(
      WorkerStatus worker, UUID instance, Instant heardBefore, Optional<UUID> dead) {
    String known = dead.map(UUID::toString).orElse("");
    return database
        .transactions()
        .inTransaction(
            handle -> {
              giveUpWhatItRan(handle, worker.id(), known);
              return write(handle, worker, instance, known, heardBefore);
            });
  }

  /**
   * Says what the worker is now, also where it has been forgotten meanwhile.
   *
   * @return false if the name is another instance's, and nothing was written
   */
  public boolean beat(WorkerStatus worker, UUID instance) {
    return database
        .transactions()
        .inTransaction(
            handle -> write(handle, worker, instance, instance.toString(), Instant.EPOCH));
  }

  /** Nobody gives heartbeats for these executions any more; db-scheduler sees it by their age. */
  private static void giveUpWhatItRan(Handle handle, String workerId, String dead) {
    handle
        .createUpdate(
            """
            update scheduled_tasks set last_heartbeat = :long_ago
            where picked = true and last_heartbeat > :long_ago and picked_by = :worker_id
              and exists (
                select 1 from workers where worker_id = :worker_id and instance = :dead)
            """)
        .bind("long_ago", Instant.EPOCH)
        .bind("worker_id", workerId)
        .bind("dead", dead)
        .execute();
  }

  private static boolean write(
      Handle handle, WorkerStatus worker, UUID instance, String over, Instant heardBefore) {
    return handle
            .createUpdate(
                """
                insert into workers (worker_id, draining, slots, running, job_types, started_at,
                  last_heartbeat_at, host, instance)
                values (:worker_id, :draining, :slots, :running, :job_types, :started_at,
                  :last_heartbeat_at, :host, :instance)
                on conflict (worker_id) do update set draining = excluded.draining,
                  slots = excluded.slots, running = excluded.running,
                  job_types = excluded.job_types, started_at = excluded.started_at,
                  last_heartbeat_at = excluded.last_heartbeat_at, host = excluded.host,
                  instance = excluded.instance
                where workers.instance = :over or workers.last_heartbeat_at < :heard_before
                """)
            .bind("worker_id", worker.id())
            .bind("draining", worker.draining())
            .bind("slots", worker.slots())
            .bind("running", worker.running())
            .bind("job_types", String.join(",", worker.jobTypes()))
            .bind("started_at", worker.startedAt())
            .bind("last_heartbeat_at", worker.lastHeartbeatAt())
            .bind("host", worker.host().orElse(null))
            .bind("instance", instance.toString())
            .bind("over", over)
            .bind("heard_before", heardBefore)
            .execute()
        == 1;
  }

  /** Takes a worker that stopped in good order off the list, if the name is still its own. */
  public void remove(String workerId, UUID instance) {
    database
        .transactions()
        .inTransaction(
            handle ->
                handle.execute(
                    "delete from workers where worker_id = ? and instance = ?",
                    workerId,
                    instance.toString()));
  }

  /** Forgets workers nobody has heard of since then. */
  public void removeSilentSince(Instant time) {
    database
        .transactions()
        .inTransaction(
            handle -> handle.execute("delete from workers where last_heartbeat_at < ?", time));
  }

  /** The worker of this name, if it has been heard of. */
  public Optional<WorkerStatus> find(String workerId) {
    return database.read(
        handle ->
            handle
                .createQuery("select * from workers where worker_id = :worker_id")
                .bind("worker_id", workerId)
                .map(Workers::status)
                .findOne());
  }

  /** All workers, in the order of their ids. */
  public List<WorkerStatus> list() {
    return database.read(
        handle ->
            handle
                .createQuery("select * from workers order by worker_id")
                .map(Workers::status)
                .list());
  }

  private static WorkerStatus status(ResultSet row, StatementContext context) throws SQLException {
    return new WorkerStatus(
        row.getString("worker_id"),
        row.getBoolean("draining"),
        row.getInt("slots"),
        row.getInt("running"),
        List.of(row.getString("job_types").split(",")),
        JobRows.instant(row, "started_at").orElseThrow(),
        JobRows.instant(row, "last_heartbeat_at").orElseThrow(),
        Optional.ofNullable(row.getString("host")));
  }
}
