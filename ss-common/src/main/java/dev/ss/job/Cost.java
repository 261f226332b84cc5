package dev.ss.job;

import java.util.Optional;

/**
 * What a job's last finished attempt read, wrote and used. Everything is empty as long as it is not
 * known.
 *
 * @param inputSize the bytes of the job's input, known from its submission on
 * @param outputSize how many bytes the command wrote to its standard output, kept or not
 * @param logSize the same for its standard error output
 * @param outputTruncated whether only the beginning of its standard output was kept
 * @param logTruncated the same for its standard error output
 * @param cpuSeconds its processor time, user and system together
 * @param peakMemoryBytes the most memory that its processes had at one time
 * @param resourcesAreLowerBounds whether it may have used more than the last two say
 */
public record Cost(
    Optional<Long> inputSize,
    Optional<Long> outputSize,
    Optional<Long> logSize,
    Optional<Boolean> outputTruncated,
    Optional<Boolean> logTruncated,
    Optional<Double> cpuSeconds,
    Optional<Long> peakMemoryBytes,
    Optional<Boolean> resourcesAreLowerBounds) {

  /** Of a job that no attempt has finished. */
  public static Cost ofInput(long size) {
    return new Cost(
        Optional.of(size),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
