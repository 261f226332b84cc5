package dev.ss.api.stream;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** A content of known length, whose parts are read one by one. */
final class StoredContent implements Content {
  private final long length;
  private final Deque<Part> parts = new ArrayDeque<>();

  /**
   * A part of the content.
   *
   * @param bytes reads the whole part
   */
  record Part(long length, Supplier<byte[]> bytes) {
    static Part of(byte[] bytes) {
      return new Part(bytes.length, () -> bytes);
    }

    /** The bytes between two positions in this part. */
    private Part between(long from, long to) {
      return from == 0 && to == length
          ? this
          : new Part(to - from, () -> Arrays.copyOfRange(bytes.get(), (int) from, (int) to));
    }
  }

  private StoredContent(List<Part> parts, long length) {
    this.parts.addAll(parts);
    this.length = length;
  }

  static long lengthOf(List<Part> parts) {
    return parts.stream().mapToLong(Part::length).sum();
  }

  /** The bytes from one position of all parts to before another. */
  static StoredContent of(List<Part> parts, long from, long to) {
    Deque<Part> selected = new ArrayDeque<>();
    long position = 0;
    for (Part part : parts) {
      long begin = Math.max(from, position);
      long end = Math.min(to, position + part.length());
      if (begin < end) {
        selected.add(part.between(begin - position, end - position));
      }
      position += part.length();
    }
    return new StoredContent(List.copyOf(selected), to - from);
  }

  @Override
  public Piece next() {
    Part part = parts.poll();
    return part == null ? new Piece.End() : new Piece.Bytes(checked(part));
  }

  /** Fails if the part is not there any more, or is another one. */
  private static byte[] checked(Part part) {
    byte[] bytes = part.bytes().get();
    if (bytes.length != part.length()) {
      throw new IllegalStateException("a stream has changed while it was read");
    }
    return bytes;
  }

  @Override
  public OptionalLong length() {
    return OptionalLong.of(length);
  }
}
