package dev.ss.api.stream;

import dev.ss.job.CommandStream;
import dev.ss.store.DatabaseUnavailableException;
import dev.ss.store.Outputs;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.LongSupplier;

/** What a client gets that follows a stream. */
public final class FollowContent implements Content {
  /** After so long without a byte, proxies and clients may think that the connection is dead. */
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

  private final Follower follower;
  private final Encoding encoding;
  private final LongSupplier nanoTime;
  private long sentAt;

  private FollowContent(Follower follower, Encoding encoding, LongSupplier nanoTime) {
    this.follower = follower;
    this.encoding = encoding;
    this.nanoTime = nanoTime;
    this.sentAt = nanoTime.getAsLong();
  }

  /** How events become bytes. */
  interface Encoding extends FollowEvent.Visitor {
    /** The bytes of the events since the last call. */
    byte[] take();

    /** What to send when nothing has happened for a while; may be nothing. */
    byte[] keepAlive();
  }

  /**
   * The stream itself. A log goes on through later attempts; an output ends with its run, because
   * nothing could mark where the next one begins.
   */
  public static FollowContent plain(
      Outputs outputs,
      UUID jobId,
      CommandStream stream,
      Optional<FollowPosition> from,
      LongSupplier nanoTime) {
    boolean isLog = stream == CommandStream.LOG;
    return new FollowContent(
        new Follower(outputs, jobId, stream, from, isLog), new PlainText(isLog), nanoTime);
  }

  /** Server-sent events. */
  public static FollowContent events(
      Outputs outputs,
      UUID jobId,
      CommandStream stream,
      Optional<FollowPosition> from,
      LongSupplier nanoTime) {
    return new FollowContent(
        new Follower(outputs, jobId, stream, from, true), new ServerSentEvents(), nanoTime);
  }

  /** Tries again later while the database is away: the client keeps its place. */
  @Override
  public Piece next() {
    try {
      return nextPiece();
    } catch (DatabaseUnavailableException e) {
      return new Piece.NotYet();
    }
  }

  private Piece nextPiece() {
    if (follower.isOver()) {
      return new Piece.End();
    }
    follower.next().forEach(event -> event.to(encoding));
    byte[] bytes = encoding.take();
    if (bytes.length == 0 && nanoTime.getAsLong() - sentAt >= KEEP_ALIVE.toNanos()) {
      bytes = encoding.keepAlive();
    }
    if (bytes.length > 0) {
      sentAt = nanoTime.getAsLong();
      return new Piece.Bytes(bytes);
    }
    return follower.isOver() ? new Piece.End() : new Piece.NotYet();
  }

  @Override
  public OptionalLong length() {
    return OptionalLong.empty();
  }

  /** The bytes themselves; in a log, with a line before each later attempt. */
  private static final class PlainText implements Encoding {
    private final boolean isLog;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private boolean isFirst = true;
    private boolean isAtLineStart = true;

    PlainText(boolean isLog) {
      this.isLog = isLog;
    }

    @Override
    public void began(FollowEvent.Began event) {
      if (isLog && !isFirst) {
        String line = "--- SS: attempt %d ---\n".formatted(event.attempt());
        add(((isAtLineStart ? "" : "\n") + line).getBytes(StandardCharsets.UTF_8));
      }
      isFirst = false;
    }

    @Override
    public void bytes(FollowEvent.Bytes event) {
      isFirst = false;
      add(event.bytes());
    }

    @Override
    public void gap(FollowEvent.Gap event) {
      if (isLog) {
        add(Streams.leftOut(event.to() - event.from()));
      }
    }

    @Override
    public void progress(FollowEvent.Progress event) {
      // Only server-sent events can tell it from what the command wrote.
    }

    @Override
    public void ended(FollowEvent.Ended event) {
      // The end of the response says it.
    }

    private void add(byte[] bytes) {
      out.writeBytes(bytes);
      if (bytes.length > 0) {
        isAtLineStart = bytes[bytes.length - 1] == '\n';
      }
    }

    @Override
    public byte[] take() {
      byte[] taken = out.toByteArray();
      out.reset();
      return taken;
    }

    @Override
    public byte[] keepAlive() {
      return new byte[0];
    }
  }
}
