package dev.ss.store;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Inputs that are too long for one row. A client's upload is stored part by part before its job
 * exists; the job then refers to it. {@link #deleteAbandoned} deletes uploads that no job refers
 * to: their clients went away, or their jobs have been deleted.
 */
public final class Uploads {
  /** The size of all parts but the last. */
  public static final int PART_BYTES = 256 * 1024;

  private final Database database;

  public Uploads(Database database) {
    this.database = database;
  }

  /** Begins an upload. */
  public void begin(UUID uploadId, Instant now) {
    database.inTransaction(
        handle ->
            handle
                .createUpdate("insert into uploads (upload_id, begun_at) values (:upload_id, :now)")
                .bind("upload_id", uploadId.toString())
                .bind("now", now)
                .execute());
  }

  /**
   * Stores a part.
   *
   * @param position how many bytes of the input come before it
   */
  public void append(UUID uploadId, long position, byte[] bytes) {
    database.inBulkTransaction(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into upload_chunks (upload_id, position, bytes)
                    values (:upload_id, :position, :bytes)
                    """)
                .bind("upload_id", uploadId.toString())
                .bind("position", position)
                .bind("bytes", bytes)
                .execute());
  }

  /** Deletes an upload that no job refers to. */
  public void delete(UUID uploadId) {
    database.inTransaction(
        handle ->
            handle
                .createUpdate(
                    """
                    delete from uploads where upload_id = :upload_id
                      and not exists (select 1 from job_inputs
                        where job_inputs.upload_id = uploads.upload_id)
                    """)
                .bind("upload_id", uploadId.toString())
                .execute());
  }

  /**
   * Deletes uploads that no job refers to.
   *
   * @param begunBefore leaves later ones, because their clients may still be sending
   * @param max the maximum number of uploads to delete
   * @return how many it deleted
   */
  public int deleteAbandoned(Instant begunBefore, int max) {
    return database.inTransaction(
        handle ->
            handle
                .createUpdate(
                    """
                    delete from uploads where upload_id in (
                      select upload_id from uploads
                      where begun_at < :begun_before
                        and not exists (select 1 from job_inputs
                          where job_inputs.upload_id = uploads.upload_id)
                      limit :max)
                    """)
                .bind("begun_before", begunBefore)
                .bind("max", max)
                .execute());
  }

  /** The first part of a job's input; empty if none was stored. */
  public Optional<byte[]> first(UUID jobId) {
    return database.read(
        handle ->
            handle
                .createQuery("select input from job_inputs where job_id = :job_id")
                .bind("job_id", jobId.toString())
                .mapTo(byte[].class)
                .findOne());
  }

  /** The part of a job's input that begins at this position; empty if there is none. */
  public Optional<byte[]> part(UUID jobId, long position) {
    return database.readBulk(
        handle ->
            handle
                .createQuery(
                    """
                    select bytes from job_inputs
                    join upload_chunks on upload_chunks.upload_id = job_inputs.upload_id
                    where job_id = :job_id and position = :position
                    """)
                .bind("job_id", jobId.toString())
                .bind("position", position)
                .mapTo(byte[].class)
                .findOne());
  }
}
