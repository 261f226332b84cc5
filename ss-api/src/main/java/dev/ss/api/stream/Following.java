package dev.ss.api.stream;

import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import dev.ss.job.CommandStream;
import dev.ss.store.Outputs;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Lets a bounded number of clients follow streams. */
public final class Following {
  private static final int MAX_FOLLOWERS = 200;

  private final Outputs outputs;
  private final Function<Instant, String> timeFormat;
  private final LongSupplier nanoTime;
  private final AtomicInteger followers = new AtomicInteger();

  /**
   * @param timeFormat formats the times in events
   */
  public Following(Outputs outputs, Function<Instant, String> timeFormat, LongSupplier nanoTime) {
    this.outputs = outputs;
    this.timeFormat = timeFormat;
    this.nanoTime = nanoTime;
  }

  /**
   * The stream itself. A log goes on through later attempts; an output ends with its run, because
   * nothing could mark where the next one begins.
   *
   * @param from where to go on; empty to begin with the newest run
   */
  public Content plain(UUID jobId, CommandStream stream, Optional<FollowPosition> from) {
    boolean isLog = stream == CommandStream.LOG;
    return content(new Follower(outputs, jobId, stream, from, isLog), new PlainText(isLog));
  }

  /**
   * Server-sent events, through all attempts.
   *
   * @param from where to go on; empty to begin with the newest run
   */
  public Content events(UUID jobId, CommandStream stream, Optional<FollowPosition> from) {
    return content(
        new Follower(outputs, jobId, stream, from, true), new ServerSentEvents(timeFormat));
  }

  private Content content(Follower follower, FollowContent.Encoding encoding) {
    if (followers.incrementAndGet() > MAX_FOLLOWERS) {
      followers.decrementAndGet();
      throw new ProblemException(
          ProblemCode.TOO_MANY_WAITERS,
          "%d clients are following already; ask again later.".formatted(MAX_FOLLOWERS));
    }
    return new FollowContent(follower, encoding, nanoTime, followers::decrementAndGet);
  }
}
