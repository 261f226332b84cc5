package dev.ss.api.http;

import dev.ss.access.Caller;
import dev.ss.api.access.JobTypeAccess;
import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import dev.ss.api.submit.Pairs;
import dev.ss.job.ErrorCode;
import dev.ss.job.JobState;
import dev.ss.job.Label;
import dev.ss.store.JobFilter;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The query parameters that select jobs, on every route that has them. */
@SuppressWarnings("NullAway.Init") // Jersey sets the fields
public final class FilterQuery {
  @QueryParam("state")
  private List<String> states;

  @QueryParam("job_type")
  private List<String> jobTypes;

  @QueryParam("label")
  private List<String> labels;

  @QueryParam("error_code")
  private List<String> errorCodes;

  @QueryParam("schedule")
  private List<String> schedules;

  @QueryParam("created_after")
  private Optional<String> createdAfter;

  @QueryParam("created_before")
  private Optional<String> createdBefore;

  /**
   * Returns the filter, limited to the job types that the caller may use.
   *
   * @throws ProblemException if a parameter's value is invalid, or names a job type that the caller
   *     may not use
   */
  JobFilter filter(Caller caller) {
    JobFilter asked = filter();
    return asked.withJobTypes(JobTypeAccess.listed(caller, asked.jobTypes()));
  }

  /**
   * Returns the filter of a change.
   *
   * @throws ProblemException like {@link #filter(Caller)}, and if the client selects all jobs
   */
  JobFilter filterOfChange(Caller caller) {
    if (filter().isEmpty()) {
      throw invalid(
          "Select jobs with at least one of state, job_type, label, error_code, schedule,"
              + " created_after and created_before.");
    }
    return filter(caller);
  }

  private JobFilter filter() {
    return new JobFilter(
        oneOf("state", states, List.of(JobState.values()), JobState::wireName),
        Set.copyOf(jobTypes),
        labels(),
        oneOf("error_code", errorCodes, List.of(ErrorCode.values()), ErrorCode::wireName),
        Set.copyOf(schedules),
        createdAfter.map(text -> time("created_after", text)),
        createdBefore.map(text -> time("created_before", text)));
  }

  private Set<Label> labels() {
    if (labels.size() > Label.MAX_NUMBER) {
      throw invalid("label may be given at most %d times.".formatted(Label.MAX_NUMBER));
    }
    return Pairs.parse("label", labels).entrySet().stream()
        .map(pair -> new Label(pair.getKey(), pair.getValue()))
        .collect(Collectors.toSet());
  }

  private static <T> Set<T> oneOf(
      String parameter, Collection<String> texts, List<T> values, Function<T, String> name) {
    return texts.stream()
        .map(
            text ->
                values.stream()
                    .filter(value -> name.apply(value).equals(text))
                    .findFirst()
                    .orElseThrow(() -> noneOf(parameter, values, name)))
        .collect(Collectors.toSet());
  }

  private static <T> ProblemException noneOf(
      String parameter, List<T> values, Function<T, String> name) {
    return invalid(
        "%s must be one of %s."
            .formatted(parameter, values.stream().map(name).collect(Collectors.joining(", "))));
  }

  private static Instant time(String parameter, String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw invalid(
          parameter
              + " must be a time with an offset, as in 2026-01-31T12:00:00Z; the + of an offset is"
              + " written %2B.");
    }
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(ProblemCode.INVALID_PARAMETER, detail);
  }
}
