package dev.ss.job;

/**
 * What a command wrote to one of its streams.
 *
 * @param bytes kept from the stream's beginning, with a mark at the end where it was cut
 * @param truncated whether the command wrote more than is kept
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Output(byte[] bytes, boolean truncated) {
  /** Nothing written. */
  public static Output empty() {
    return new Output(new byte[0], false);
  }
}
