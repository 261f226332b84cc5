package dev.ss.worker.run;

import dev.ss.job.Attempt;
import dev.ss.job.CommandStream;
import java.util.List;

/** Stores what commands write. */
public interface OutputSink {
  /** Stores nothing. For commands that write little, which is stored with their ends. */
  OutputSink NONE =
      (attempt, streams, progress) ->
          new Storing() {
            @Override
            public void finish(KillSwitch killSwitch) {}

            @Override
            public boolean isInChunks(CommandStream stream) {
              return false;
            }
          };

  /**
   * Takes the streams of an attempt that begins. Pair with {@link Storing#finish}.
   *
   * @param progress what the command says about its progress
   */
  Storing begin(Attempt attempt, List<LiveStream> streams, ProgressFile progress);

  /** The streams of one attempt, while they are stored. */
  interface Storing {
    /**
     * Stores what is left of the streams after the end of the command, except what is small enough
     * to be stored with the attempt's end. Waits for as long as the database is away, or until the
     * attempt's job is lost.
     */
    void finish(KillSwitch killSwitch) throws InterruptedException;

    /** Whether the stream is stored in chunks, and so not with the attempt's end. */
    boolean isInChunks(CommandStream stream);
  }
}
