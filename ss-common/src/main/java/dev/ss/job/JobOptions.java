package dev.ss.job;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a client chose for one job, beside its type and its input.
 *
 * @param parameters the values that the client gave to parameters of the job type; the others have
 *     their defaults
 * @param labels by which clients find the job; they mean nothing to SS
 * @param timeout the time limit of one attempt, if the client set one; the job type's may be lower
 */
public record JobOptions(
    Map<String, String> parameters, Map<String, String> labels, Optional<Duration> timeout) {
  /** The options of a job whose client chose none. */
  public static final JobOptions NONE = new JobOptions(Map.of(), Map.of(), Optional.empty());

  public JobOptions {
    parameters = Map.copyOf(parameters);
    labels = Map.copyOf(labels);
  }
}
