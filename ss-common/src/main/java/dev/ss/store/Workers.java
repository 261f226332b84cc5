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
 * The table of workers. A worker's id is a name that one process at a time holds. The instance
 * distinguishes this process from others of the same name. The heartbeat in the row is the lease of
 * all jobs that run under the name.
 */
public final class Workers {
  private final Database database;

  public Workers(Database database) {
    this.database = database;
  }

  /**
   * Takes the worker's name for an instance, if the name is free or its holder has lost it. The
   * jobs that still run under the name have no worker then; {@link LostJobs#recoverAll} recovers
   * them.
   *
   * @param heardBefore a holder has lost the name if its last heartbeat is before this
   * @param dead an instance whose process is known to have ended
   * @return whether the instance now holds the name
   */
  public boolean take(
      WorkerStatus worker, UUID instance, Instant heardBefore, Optional<UUID> dead) {
    return database.inTransaction(
        handle ->
            write(handle, worker, instance, dead.map(UUID::toString).orElse(""), heardBefore));
  }

  /**
   * Stores the worker's status and heartbeat. Adds the worker's row again if it has been removed.
   *
   * @return false if another instance holds the name; then nothing was stored
   */
  public boolean beat(WorkerStatus worker, UUID instance) {
    return database.inTransaction(
        handle -> write(handle, worker, instance, instance.toString(), Instant.EPOCH));
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

  /** Removes a worker that has shut down in good order, if its instance still holds the name. */
  public void remove(String workerId, UUID instance) {
    database.inTransaction(
        handle ->
            handle.execute(
                "delete from workers where worker_id = ? and instance = ?",
                workerId,
                instance.toString()));
  }

  /** Removes the workers whose last heartbeat is before this time. */
  public void removeSilentSince(Instant time) {
    database.inTransaction(
        handle -> handle.execute("delete from workers where last_heartbeat_at < ?", time));
  }

  /** Finds a worker by its name. */
  public Optional<WorkerStatus> find(String workerId) {
    return database.read(
        handle ->
            handle
                .createQuery("select * from workers where worker_id = :worker_id")
                .bind("worker_id", workerId)
                .map(Workers::status)
                .findOne());
  }

  /** Lists all workers in the order of their ids. */
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
