package dev.ss.store;

import java.time.Instant;

/** Forgets final jobs: their rows, inputs, outputs and idempotency keys. */
public final class Retention {
  private final Database database;

  public Retention(Database database) {
    this.database = database;
  }

  /**
   * Deletes jobs in one transaction, those that have been final for longest first, past those that
   * another transaction is deleting or retrying.
   *
   * @param max how many
   * @return how many there were; fewer than {@code max} when nothing, or nothing free, is left
   */
  public int deleteFinal(Instant finishedBefore, int max) {
    return database.inTransaction(
        handle ->
            handle
                .createUpdate(
                    // Materialized: PostgreSQL may not look once more for each row it deletes.
                    """
                        with old as materialized (
                          select job_id from jobs where finished_at < :finished_before
                          order by finished_at limit :max%s)
                        delete from jobs where job_id in (select job_id from old)
                        """
                        .formatted(database.dialect().forUpdateSkippingLocked()))
                .bind("finished_before", finishedBefore)
                .bind("max", max)
                .execute());
  }
}
