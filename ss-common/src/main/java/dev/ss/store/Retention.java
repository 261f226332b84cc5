package dev.ss.store;

import java.time.Instant;

/** Forgets final jobs: their rows, inputs, outputs and idempotency keys. */
public final class Retention {
  private final Database database;

  /** The jobs of this database. */
  public Retention(Database database) {
    this.database = database;
  }

  /**
   * Deletes jobs in one transaction, those that have been final for longest first, past those that
   * somebody else is deleting or retrying.
   *
   * @param most how many
   * @return how many there were; fewer than {@code most} when nothing, or nothing free, is left
   */
  public int deleteFinal(Instant finishedBefore, int most) {
    return database
        .transactions()
        .inTransaction(
            handle ->
                handle
                    .createUpdate(
                        // Materialized: PostgreSQL may not look once more for each row it deletes.
                        """
                        with old as materialized (
                          select job_id from jobs where finished_at < :finished_before
                          order by finished_at limit :most%s)
                        delete from jobs where job_id in (select job_id from old)
                        """
                            .formatted(database.dialect().forUpdateSkippingLocked()))
                    .bind("finished_before", finishedBefore)
                    .bind("most", most)
                    .execute());
  }
}
