package dev.ss.worker.run;

import dev.ss.job.CommandStream;
import java.io.IOException;
import java.util.Optional;

/** A stream that a command writes. Thread-safe. */
public interface LiveStream {
  /** Which of the command's streams it is. */
  CommandStream stream();

  /** How much the command has written so far, and which of it is kept. */
  Extent extent();

  /**
   * Reads some of what is kept.
   *
   * @param position how many bytes of the stream come before it
   * @param max the maximum number of bytes to read
   * @return bytes from there, or, if those are not kept any more, from the next that are; empty if
   *     there are none yet
   */
  Optional<Part> read(long position, int max) throws IOException;

  /**
   * Which bytes of a stream are kept: those before {@code headEnd} and those from {@code tailStart}
   * on.
   *
   * @param written how many bytes the command has written
   * @param headEnd where the part ends that is kept from the beginning
   * @param tailStart where the part begins that is kept from the end; not before {@code headEnd}
   */
  record Extent(long written, long headEnd, long tailStart) {
    /** Whether the command has written more than is kept. */
    public boolean isTruncated() {
      return headEnd < tailStart;
    }

    /** How many bytes are kept. */
    public long kept() {
      return headEnd + written - tailStart;
    }
  }

  /** Some bytes of a stream. */
  @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
  record Part(long position, byte[] bytes) {
    /** The position after the last byte. */
    public long end() {
      return position + bytes.length;
    }
  }
}
