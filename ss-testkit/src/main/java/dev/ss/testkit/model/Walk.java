package dev.ss.testkit.model;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A walk over all pages of the list of jobs.
 *
 * @param from when the first page was requested
 * @param to when the last page had arrived
 * @param state the filter
 * @param jobs the jobs in the order of the pages
 */
public record Walk(
    double from, double to, Optional<String> jobType, Optional<String> state, List<String> jobs) {

  void check(History history, Findings findings) {
    Set<String> found = new HashSet<>(jobs);
    if (found.size() < jobs.size()) {
      findings.add("a list has a job twice", toString(history));
    }
    if (IntStream.range(1, jobs.size()).anyMatch(i -> jobs.get(i - 1).compareTo(jobs.get(i)) < 0)) {
      findings.add("a list is not in order", toString(history));
    }
    history.jobs().stream()
        .filter(job -> !found.contains(job) && belongs(history, job))
        .forEach(job -> findings.add("a list lacks a job", job + " of " + toString(history)));
    found.stream()
        .filter(job -> !history.had(job, from, to, this::matches))
        .forEach(job -> findings.add("a list has a wrong job", job + " of " + toString(history)));
  }

  /** Whether the job existed and matched the filter during the whole walk. */
  private boolean belongs(History history, String job) {
    boolean existed = history.of(job).get(0).committed() + History.FLUSH < from;
    return existed && !history.had(job, from, to, step -> !matches(step));
  }

  private boolean matches(Step step) {
    return jobType.map(step.jobType()::equals).orElse(true)
        && state.map(step.state().wireName()::equals).orElse(true);
  }

  private String toString(History history) {
    return "walk from %.2f to %.2f by %s and %s: %d of %d jobs"
        .formatted(from, to, jobType, state, jobs.size(), history.jobs().size());
  }
}
