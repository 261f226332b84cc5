package dev.ss.api.stream;

import dev.ss.store.DatabaseUnavailableException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** The content of a response to a client that follows a stream. */
final class FollowContent implements Content {
  /** After so long without a byte, proxies and clients may think that the connection is dead. */
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

  private final Follower follower;
  private final Encoding encoding;
  private final LongSupplier nanoTime;
  private final Runnable closed;
  private long sentAt;

  /**
   * @param closed is called once, when nobody follows any more
   */
  FollowContent(Follower follower, Encoding encoding, LongSupplier nanoTime, Runnable closed) {
    this.follower = follower;
    this.encoding = encoding;
    this.nanoTime = nanoTime;
    this.closed = closed;
    this.sentAt = nanoTime.getAsLong();
  }

  /** How events become bytes. */
  interface Encoding extends FollowEvent.Visitor {
    /** The bytes of the events since the last call. */
    byte[] take();

    /** What to send when nothing has happened for a while; may be nothing. */
    byte[] keepAlive();
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

  @Override
  public void close() {
    closed.run();
  }
}
