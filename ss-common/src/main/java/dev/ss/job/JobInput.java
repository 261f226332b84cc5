package dev.ss.job;

/**
 * The input of a job, of which the first part is in memory.
 *
 * @param first the beginning of the input, or all of it
 * @param size how many bytes the input has
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
public record JobInput(byte[] first, long size) {
  /** An input that is in memory as a whole. */
  public static JobInput of(byte[] whole) {
    return new JobInput(whole, whole.length);
  }

  /** Whether there is more of it than the first part. */
  public boolean hasMore() {
    return size > first.length;
  }
}
