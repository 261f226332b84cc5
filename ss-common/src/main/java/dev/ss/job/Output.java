package dev.ss.job;

/**
 * What a command wrote to one of its streams.
 *
 * @param bytes the beginning of the stream; if the command wrote more, a mark follows at the end
 * @param truncated whether the command wrote more than is kept
 * @param written how many bytes the command wrote, kept or not
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
public record Output(byte[] bytes, boolean truncated, long written) {
  /** An output that was kept whole, as far as is known. */
  public Output(byte[] bytes, boolean truncated) {
    this(bytes, truncated, bytes.length);
  }

  /** The output of a command that wrote nothing. */
  public static Output empty() {
    return new Output(new byte[0], false);
  }
}
