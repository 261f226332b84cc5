package dev.ss.job;

import java.util.Optional;

/**
 * What the processes of an attempt used.
 *
 * @param cpu their processor time; empty if it is not known
 * @param peakMemory the most memory that they had at one time, in bytes; empty if it is not known
 * @param areLowerBounds whether they may have used more than that
 */
public record Resources(Optional<CpuTime> cpu, Optional<Long> peakMemory, boolean areLowerBounds) {
  /** Of an attempt that was not measured. */
  public static final Resources UNKNOWN = new Resources(Optional.empty(), Optional.empty(), true);

  /** Whether anything is known. */
  public boolean areKnown() {
    return cpu.isPresent() || peakMemory.isPresent();
  }
}
