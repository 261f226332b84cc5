package dev.ss.store;

import dev.ss.job.CommandStream;
import dev.ss.job.Progress;
import dev.ss.store.JobQueue.Hold;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Stores what commands write while they run, in chunks. Only the worker that runs an attempt can
 * store anything of it.
 */
public final class LiveOutput {
  private final Database database;

  public LiveOutput(Database database) {
    this.database = database;
  }

  /**
   * A chunk of a stream.
   *
   * @param position how many bytes of the stream come before it
   */
  @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
  public record Chunk(CommandStream stream, long position, byte[] bytes) {}

  /** The bytes from one position to before another; no chunk begins before and ends among them. */
  public record Discarded(CommandStream stream, long from, long to) {}

  /** What one attempt has to store. */
  public record News(
      Hold hold, List<Discarded> discarded, List<Chunk> chunks, Optional<Progress> progress) {

    /** Whether there is nothing to store. */
    public boolean isEmpty() {
      return discarded.isEmpty() && chunks.isEmpty() && progress.isEmpty();
    }
  }

  /**
   * Stores the news in one transaction. A chunk that is there already is left as it is, so the
   * caller may repeat what may not have been committed.
   *
   * @return the attempts that the worker does not run any more; nothing of them was stored
   */
  public Set<Hold> store(List<News> news) {
    return database.inBulkTransaction(
        handle -> {
          Set<Hold> refused = new HashSet<>();
          for (News each : news) {
            if (isRunning(handle, each.hold())) {
              store(handle, each);
            } else {
              refused.add(each.hold());
            }
          }
          return refused;
        });
  }

  private static boolean isRunning(Handle handle, Hold hold) {
    return handle
        .createQuery(
            """
            select 1 from jobs where job_id = :job_id and generation = :generation
              and (state = 'running') is true
            """)
        .bind("job_id", hold.jobId().toString())
        .bind("generation", hold.generation())
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  private static void store(Handle handle, News news) {
    news.discarded().forEach(discarded -> discard(handle, news.hold(), discarded));
    news.chunks().forEach(chunk -> insert(handle, news.hold(), chunk));
    news.progress().ifPresent(progress -> update(handle, news.hold(), progress));
  }

  private static void discard(Handle handle, Hold hold, Discarded discarded) {
    discard(
        handle,
        hold,
        discarded,
        """
        delete from output_chunks where job_id = :job_id and run = :run and stream = :stream
          and position >= :from and position + length(bytes) <= :to
        """);
    discard(
        handle,
        hold,
        discarded,
        """
        update output_chunks set position = :to,
          bytes = substr(bytes, cast(:to - position + 1 as integer))
        where job_id = :job_id and run = :run and stream = :stream
          and position >= :from and position < :to and position + length(bytes) > :to
        """);
  }

  private static void discard(Handle handle, Hold hold, Discarded discarded, String statement) {
    handle
        .createUpdate(statement)
        .bind("job_id", hold.jobId().toString())
        .bind("run", hold.generation())
        .bind("stream", discarded.stream().wireName())
        .bind("from", discarded.from())
        .bind("to", discarded.to())
        .execute();
  }

  private static void insert(Handle handle, Hold hold, Chunk chunk) {
    handle
        .createUpdate(
            """
            insert into output_chunks (job_id, run, stream, position, bytes)
            values (:job_id, :run, :stream, :position, :bytes)
            on conflict (job_id, run, stream, position) do nothing
            """)
        .bind("job_id", hold.jobId().toString())
        .bind("run", hold.generation())
        .bind("stream", chunk.stream().wireName())
        .bind("position", chunk.position())
        .bind("bytes", chunk.bytes())
        .execute();
  }

  private static void update(Handle handle, Hold hold, Progress progress) {
    handle
        .createUpdate(
            """
            update jobs set progress = :progress, progress_message = :message
            where job_id = :job_id and generation = :generation
            """)
        .bind("progress", progress.fraction())
        .bind("message", progress.message().orElse(null))
        .bind("job_id", hold.jobId().toString())
        .bind("generation", hold.generation())
        .execute();
  }
}
