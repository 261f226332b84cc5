package dev.ss.job;

import java.util.Optional;

/**
 * What a command wrote to one of its streams.
 *
 * @param bytes all that SS keeps of the stream, unless it is in chunks
 * @param truncated whether the command wrote more than SS keeps
 * @param written how many bytes the command wrote, kept or not
 * @param isInChunks whether the worker has stored the stream in chunks already; {@code bytes} is
 *     empty then
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
public record Output(byte[] bytes, boolean truncated, long written, boolean isInChunks) {
  /** An output that is not in chunks. */
  public Output(byte[] bytes, boolean truncated, long written) {
    this(bytes, truncated, written, false);
  }

  /** An output that was kept whole, as far as is known. */
  public Output(byte[] bytes, boolean truncated) {
    this(bytes, truncated, bytes.length);
  }

  /** The output of a command that wrote nothing. */
  public static Output empty() {
    return new Output(new byte[0], false);
  }

  /** The bytes to store with the attempt; empty if they are in chunks. */
  public Optional<byte[]> inRow() {
    return isInChunks ? Optional.empty() : Optional.of(bytes);
  }

  /** An output that the worker has stored in chunks. */
  public static Output inChunks(boolean truncated, long written) {
    return new Output(new byte[0], truncated, written, true);
  }
}
