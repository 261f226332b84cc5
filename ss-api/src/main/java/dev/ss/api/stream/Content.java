package dev.ss.api.stream;

import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a response sends, piece by piece. One thread at a time uses it. */
public interface Content {
  /** The request attribute by which a route hands its content to {@link StreamedResponses}. */
  String ATTRIBUTE = Content.class.getName();

  /**
   * Returns the next piece. May wait for the database.
   *
   * @throws RuntimeException to cut the response off
   */
  Piece next();

  /** How many bytes all pieces have together, if that is known. */
  OptionalLong length();

  /** Called once, when the response has ended, however it has. */
  default void close() {}

  /** Whether it may be a long time until the content ends. */
  default boolean isFollowing() {
    return length().isEmpty();
  }

  /** What {@link #next} returns. */
  sealed interface Piece {
    /** Applies the function for this case. */
    <T> T match(Function<byte[], T> bytes, Supplier<T> notYet, Supplier<T> end);

    /** Bytes to send. */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    record Bytes(byte[] bytes) implements Piece {
      @Override
      public <T> T match(Function<byte[], T> some, Supplier<T> notYet, Supplier<T> end) {
        return some.apply(bytes);
      }
    }

    /** There is nothing to send at the moment. */
    record NotYet() implements Piece {
      @Override
      public <T> T match(Function<byte[], T> bytes, Supplier<T> notYet, Supplier<T> end) {
        return notYet.get();
      }
    }

    /** Everything has been returned. */
    record End() implements Piece {
      @Override
      public <T> T match(Function<byte[], T> bytes, Supplier<T> notYet, Supplier<T> end) {
        return end.get();
      }
    }
  }
}
