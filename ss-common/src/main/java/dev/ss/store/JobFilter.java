package dev.ss.store;

import dev.ss.job.ErrorCode;
import dev.ss.job.JobState;
import dev.ss.job.Label;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Selects jobs. A job is selected if all of this is true of it; an empty set says nothing.
 *
 * @param states the job is in one of these states
 * @param jobTypes the job is of one of these types
 * @param labels the job has all of these labels
 * @param errorCodes the job has one of these error codes
 * @param schedules one of these schedules made the job
 * @param createdFrom the job was created then or later
 * @param createdBefore the job was created earlier
 */
public record JobFilter(
    Set<JobState> states,
    Set<String> jobTypes,
    Set<Label> labels,
    Set<ErrorCode> errorCodes,
    Set<String> schedules,
    Optional<Instant> createdFrom,
    Optional<Instant> createdBefore) {
  /** Selects every job. */
  public static final JobFilter EVERYTHING =
      new JobFilter(
          Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Optional.empty(), Optional.empty());

  public JobFilter {
    states = Set.copyOf(states);
    jobTypes = Set.copyOf(jobTypes);
    labels = Set.copyOf(labels);
    errorCodes = Set.copyOf(errorCodes);
    schedules = Set.copyOf(schedules);
  }

  /** Whether it selects every job. */
  public boolean isEmpty() {
    return equals(EVERYTHING);
  }

  /** Whether it may select jobs in this state. */
  boolean mayBeIn(JobState state) {
    return states.isEmpty() || states.contains(state);
  }

  /** The same selection of jobs in these states. */
  JobFilter withStates(Set<JobState> others) {
    return new JobFilter(
        others, jobTypes, labels, errorCodes, schedules, createdFrom, createdBefore);
  }

  /** The same selection of jobs of these types. */
  public JobFilter withJobTypes(Set<String> others) {
    return new JobFilter(states, others, labels, errorCodes, schedules, createdFrom, createdBefore);
  }
}
