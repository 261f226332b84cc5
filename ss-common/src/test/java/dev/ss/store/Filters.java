package dev.ss.store;

import dev.ss.job.ErrorCode;
import dev.ss.job.JobState;
import dev.ss.job.Label;
import dev.ss.store.Jobs.Order;
import dev.ss.store.Jobs.PageRequest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** A filter of which a test says only what it is about. */
public final class Filters {
  private Set<JobState> states = Set.of();
  private Set<String> jobTypes = Set.of();
  private Set<Label> labels = Set.of();
  private Set<ErrorCode> errorCodes = Set.of();
  private Set<String> schedules = Set.of();
  private Optional<Instant> from = Optional.empty();
  private Optional<Instant> before = Optional.empty();

  private Filters() {}

  /** Selects every job, to begin with. */
  public static Filters filter() {
    return new Filters();
  }

  /** Jobs in one of these states. */
  public Filters states(JobState... any) {
    states = Set.of(any);
    return this;
  }

  /** Jobs of one of these types. */
  public Filters types(String... any) {
    jobTypes = Set.of(any);
    return this;
  }

  /** Jobs with all of these labels, each as key:value. */
  public Filters labels(String... all) {
    labels =
        Arrays.stream(all)
            .map(text -> text.split(":", 2))
            .map(pair -> new Label(pair[0], pair[1]))
            .collect(Collectors.toSet());
    return this;
  }

  /** Jobs with one of these error codes. */
  public Filters errors(ErrorCode... any) {
    errorCodes = Set.of(any);
    return this;
  }

  /** Jobs that one of these schedules made. */
  public Filters schedules(String... any) {
    schedules = Set.of(any);
    return this;
  }

  /** Jobs created then or later. */
  public Filters from(Instant time) {
    from = Optional.of(time);
    return this;
  }

  /** Jobs created earlier. */
  public Filters before(Instant time) {
    before = Optional.of(time);
    return this;
  }

  /** The filter. */
  public JobFilter build() {
    return new JobFilter(states, jobTypes, labels, errorCodes, schedules, from, before);
  }

  /** The first jobs of the filter, newest first. */
  public PageRequest newest(int limit) {
    return new PageRequest(build(), Order.NEWEST, Optional.empty(), limit);
  }

  /** The jobs of the filter after this one, newest first. */
  public PageRequest newestAfter(UUID jobId, int limit) {
    return new PageRequest(build(), Order.NEWEST, Optional.of(jobId), limit);
  }

  /** The first jobs of the filter, oldest first. */
  public PageRequest oldest(int limit) {
    return new PageRequest(build(), Order.OLDEST, Optional.empty(), limit);
  }
}
