package dev.ss.store;

import dev.ss.job.CommandStream;
import dev.ss.job.JobState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Reads what commands wrote, and what running commands have written so far. */
public final class Outputs {
  private static final String IS_FINISHED = "outcome not in ('interrupted', 'lost')";

  private final Database database;

  public Outputs(Database database) {
    this.database = database;
  }

  /** Selects one run of a job. */
  public sealed interface Selection {
    /** The last run whose command ended by itself or was ended for the client. */
    record LastFinished() implements Selection {}

    /** The run of this number. */
    record Run(int number) implements Selection {}

    /** The newest run of this attempt. */
    record Attempt(int number) implements Selection {}
  }

  /**
   * One stream of one run.
   *
   * @param truncated whether the command wrote more than is kept
   * @param whole the bytes, if the stream is not in chunks
   * @param chunks the chunks in the order of the stream; between two of them, bytes may be missing
   *     that are not kept
   */
  public record Stored(
      int run, int attempt, boolean truncated, Optional<byte[]> whole, List<Extent> chunks) {}

  /** Where a chunk is in its stream. */
  public record Extent(long position, int length) {
    /** The position after its last byte. */
    public long end() {
      return position + length;
    }
  }

  /** Bytes of a stream and where they begin. */
  @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
  public record Chunk(long position, byte[] bytes) {
    /** The position after the last byte. */
    public long end() {
      return position + bytes.length;
    }
  }

  private record Run(int run, int attempt, boolean truncated) {}

  /** Finds a stream of a job; empty if no run is selected. */
  public Optional<Stored> find(UUID jobId, Selection selection, CommandStream stream) {
    return database.read(
        handle ->
            run(handle, jobId, selection, stream).map(run -> stored(handle, jobId, run, stream)));
  }

  private static Optional<Run> run(
      Handle handle, UUID jobId, Selection selection, CommandStream stream) {
    if (selection instanceof Selection.Run run) {
      return running(handle, jobId, "generation", run.number())
          .or(() -> ended(handle, jobId, stream, "run = :number", run.number()));
    }
    if (selection instanceof Selection.Attempt attempt) {
      return running(handle, jobId, "attempt", attempt.number())
          .or(() -> ended(handle, jobId, stream, "attempt = :number", attempt.number()));
    }
    return ended(handle, jobId, stream, "run > :number and " + IS_FINISHED, 0);
  }

  private static Optional<Run> running(Handle handle, UUID jobId, String column, int number) {
    return handle
        .createQuery(
            """
            select generation as run, attempt from jobs
            where job_id = :job_id and (state = 'running') is true and %s = :number
            """
                .formatted(column))
        .bind("job_id", jobId.toString())
        .bind("number", number)
        .map((row, context) -> new Run(row.getInt("run"), row.getInt("attempt"), false))
        .findOne();
  }

  /** The newest run that fulfils the condition. */
  private static Optional<Run> ended(
      Handle handle, UUID jobId, CommandStream stream, String condition, int number) {
    return handle
        .createQuery(
            """
            select run, attempt, %s_truncated as truncated from job_attempts
            where job_id = :job_id and %s
            order by run desc limit 1
            """
                .formatted(stream.wireName(), condition))
        .bind("job_id", jobId.toString())
        .bind("number", number)
        .map(
            (row, context) ->
                new Run(row.getInt("run"), row.getInt("attempt"), row.getBoolean("truncated")))
        .findOne();
  }

  private static Stored stored(Handle handle, UUID jobId, Run run, CommandStream stream) {
    List<Extent> chunks =
        handle
            .createQuery(
                """
                select position, length(bytes) as length from output_chunks
                where job_id = :job_id and run = :run and stream = :stream
                order by position
                """)
            .bind("job_id", jobId.toString())
            .bind("run", run.run())
            .bind("stream", stream.wireName())
            .map((row, context) -> new Extent(row.getLong("position"), row.getInt("length")))
            .list();
    Optional<byte[]> whole =
        chunks.isEmpty() ? whole(handle, jobId, run.run(), stream) : Optional.empty();
    return new Stored(run.run(), run.attempt(), run.truncated(), whole, chunks);
  }

  private static Optional<byte[]> whole(Handle handle, UUID jobId, int run, CommandStream stream) {
    return handle
        .createQuery(
            "select %s from job_attempts where job_id = :job_id and run = :run"
                .formatted(stream.wireName()))
        .bind("job_id", jobId.toString())
        .bind("run", run)
        .mapTo(byte[].class)
        .findOne();
  }

  /** Reads a stream that is not in chunks; empty if it is, or its run has not ended. */
  public Optional<byte[]> whole(UUID jobId, int run, CommandStream stream) {
    return database.read(handle -> whole(handle, jobId, run, stream));
  }

  /** Reads the first chunk that ends after this position; empty if there is none. */
  public Optional<Chunk> chunkAfter(UUID jobId, int run, CommandStream stream, long position) {
    return database.readBulk(
        handle ->
            chunk(
                    handle,
                    jobId,
                    run,
                    stream,
                    "position <= :position order by position desc",
                    position)
                .filter(chunk -> chunk.end() > position)
                .or(
                    () ->
                        chunk(
                            handle,
                            jobId,
                            run,
                            stream,
                            "position > :position order by position",
                            position)));
  }

  private static Optional<Chunk> chunk(
      Handle handle, UUID jobId, int run, CommandStream stream, String which, long position) {
    return handle
        .createQuery(
            """
            select position, bytes from output_chunks
            where job_id = :job_id and run = :run and stream = :stream and %s limit 1
            """
                .formatted(which))
        .bind("job_id", jobId.toString())
        .bind("run", run)
        .bind("stream", stream.wireName())
        .bind("position", position)
        .map((row, context) -> new Chunk(row.getLong("position"), row.getBytes("bytes")))
        .findOne();
  }

  /**
   * A job and the run that a client follows.
   *
   * @param newestRun the number of the newest run; 0 before the first
   * @param run the run that is followed, if it has begun
   */
  public record Followed(
      JobState state,
      int newestRun,
      Optional<Double> progress,
      Optional<String> progressMessage,
      Optional<Integer> exitCode,
      Optional<String> errorCode,
      Optional<FollowedRun> run) {}

  /**
   * The run that is followed.
   *
   * @param hasEnded whether nothing is written to its streams any more
   * @param written how many bytes its command wrote, if that is known
   */
  public record FollowedRun(
      int attempt,
      Optional<String> workerId,
      Optional<Instant> startedAt,
      boolean hasEnded,
      Optional<Long> written) {}

  /** Looks at a job and one of its runs; empty if there is no such job. */
  public Optional<Followed> look(UUID jobId, int run, CommandStream stream) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    select jobs.state, jobs.generation, jobs.progress, jobs.progress_message,
                      jobs.exit_code, jobs.error_code, jobs.attempt, jobs.worker_id,
                      jobs.started_at, ended.run as ended_run, ended.attempt as ended_attempt,
                      ended.worker_id as ended_worker_id, ended.started_at as ended_started_at,
                      ended.%s_size as written
                    from jobs left join job_attempts ended
                      on ended.job_id = jobs.job_id and ended.run = :run
                    where jobs.job_id = :job_id
                    """
                        .formatted(stream.wireName()))
                .bind("job_id", jobId.toString())
                .bind("run", run)
                .map((row, context) -> followed(row, run))
                .findOne());
  }

  private static Followed followed(ResultSet row, int run) throws SQLException {
    JobState state = JobState.ofWireName(row.getString("state")).orElseThrow();
    return new Followed(
        state,
        row.getInt("generation"),
        JobRows.known(row, row.getDouble("progress")),
        Optional.ofNullable(row.getString("progress_message")),
        JobRows.known(row, row.getInt("exit_code")),
        Optional.ofNullable(row.getString("error_code")),
        followedRun(row, state, run));
  }

  private static Optional<FollowedRun> followedRun(ResultSet row, JobState state, int run)
      throws SQLException {
    row.getInt("ended_run");
    if (!row.wasNull()) {
      return Optional.of(
          new FollowedRun(
              row.getInt("ended_attempt"),
              Optional.ofNullable(row.getString("ended_worker_id")),
              JobRows.instant(row, "ended_started_at"),
              true,
              JobRows.known(row, row.getLong("written"))));
    }
    if (state != JobState.RUNNING || row.getInt("generation") != run) {
      return Optional.empty();
    }
    return Optional.of(
        new FollowedRun(
            row.getInt("attempt"),
            Optional.ofNullable(row.getString("worker_id")),
            JobRows.instant(row, "started_at"),
            false,
            Optional.empty()));
  }
}
