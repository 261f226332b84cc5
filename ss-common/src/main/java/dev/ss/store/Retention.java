package dev.ss.store;

import java.time.Instant;

/** Deletes final jobs with their inputs, outputs and idempotency keys. */
public final class Retention {
  private final Database database;

  public Retention(Database database) {
    this.database = database;
  }

  /**
   * Deletes jobs in one transaction, those that finished first before the others. Skips jobs that
   * another transaction is deleting or retrying.
   *
   * @param max the maximum number of jobs to delete
   * @return the number of deleted jobs; fewer than {@code max} if there are no more, or other
   *     transactions have locked the rest
   */
  public int deleteFinal(Instant finishedBefore, int max) {
    return database.inTransaction(
        handle ->
            handle
                .createUpdate(
                    // Materialized, so that PostgreSQL does not run it again for each row that it
                    // deletes.
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
