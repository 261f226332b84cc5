package dev.ss.store;

import dev.ss.job.ErrorCode;
import dev.ss.job.JobState;
import dev.ss.job.Label;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where the jobs of a filter can be read in the order of their ids, and what each of them has to be
 * checked for.
 *
 * @param parts tables with conditions that an index which ends with the id answers; no job is in
 *     two of them
 * @param checks what the parts leave open
 * @param values the values of the parameters in both
 */
record Source(List<String> parts, List<String> checks, Map<String, Object> values) {
  /** The maximum number of pairs of a type and a state that are read side by side. */
  private static final int MAX_PARTS = 100;

  private static final String ALL_JOBS = "jobs where true";

  /**
   * A condition of a filter.
   *
   * @param parts read the jobs for which it is true
   * @param check is true of the job that the query has found by its id. It has the form that {@link
   *     JobRows#IS_QUEUED} explains
   */
  private record Condition(List<String> parts, String check, Map<String, Object> values) {
    /** Whether reading the parts leaves nothing to check. */
    boolean isAnswered() {
      return !parts.equals(List.of(ALL_JOBS));
    }
  }

  /** All sources of a filter's jobs; at least one. */
  static List<Source> of(JobFilter filter) {
    List<Condition> conditions = conditions(filter);
    return conditions.isEmpty()
        ? List.of(new Source(List.of(ALL_JOBS), List.of(), Map.of()))
        : conditions.stream().map(read -> of(read, conditions)).toList();
  }

  private static Source of(Condition read, List<Condition> all) {
    List<String> checks = new ArrayList<>();
    Map<String, Object> values = new HashMap<>();
    for (Condition each : all) {
      values.putAll(each.values());
      if (!each.equals(read) || !each.isAnswered()) {
        checks.add(each.check());
      }
    }
    return new Source(read.parts(), checks, values);
  }

  /** The same source with one more check. */
  Source checking(String check) {
    return new Source(parts, Stream.concat(checks.stream(), Stream.of(check)).toList(), values);
  }

  private static List<Condition> conditions(JobFilter filter) {
    List<Condition> conditions = new ArrayList<>();
    for (Label label : filter.labels()) {
      conditions.add(ofLabel("label_" + conditions.size(), label));
    }
    if (!filter.errorCodes().isEmpty()) {
      conditions.add(ofErrorCodes(filter.errorCodes()));
    }
    Set<JobState> states = filter.states();
    if (!filter.schedules().isEmpty()) {
      conditions.add(ofSchedules(List.copyOf(filter.schedules())));
    }
    int pairs =
        filter.jobTypes().size() * (states.isEmpty() ? JobState.values().length : states.size());
    if (pairs > 0 && pairs <= MAX_PARTS) {
      conditions.add(ofTypesAndStates(filter.jobTypes(), states));
      return conditions;
    }
    if (!states.isEmpty()) {
      conditions.add(ofStates(states));
    }
    if (!filter.jobTypes().isEmpty()) {
      conditions.add(ofTypes(List.copyOf(filter.jobTypes())));
    }
    return conditions;
  }

  /** The check is a number, because PostgreSQL may turn an {@code exists} into a join of all. */
  private static Condition ofLabel(String name, Label label) {
    return new Condition(
        List.of("job_labels where label = :" + name),
        "(select count(*) from job_labels"
            + " where job_labels.job_id = jobs.job_id and label = :%s) = 1".formatted(name),
        Map.of(name, label.text()));
  }

  private static Condition ofErrorCodes(Set<ErrorCode> codes) {
    List<String> names = codes.stream().map(ErrorCode::wireName).sorted().toList();
    return new Condition(
        names.stream().map(name -> "jobs where error_code = '%s'".formatted(name)).toList(),
        "(error_code in (%s)) is true".formatted(quoted(names)),
        Map.of());
  }

  private static Condition ofSchedules(List<String> schedules) {
    List<String> names =
        IntStream.range(0, schedules.size()).mapToObj("schedule_%d"::formatted).toList();
    return new Condition(
        names.stream().map(name -> "jobs where schedule = :" + name).toList(),
        names.stream().collect(Collectors.joining(", :", "(schedule in (:", ")) is true")),
        IntStream.range(0, schedules.size())
            .boxed()
            .collect(Collectors.toMap(names::get, schedules::get)));
  }

  private static Condition ofStates(Set<JobState> states) {
    return new Condition(
        names(states).stream().map(name -> "jobs where state = '%s'".formatted(name)).toList(),
        isIn(states),
        Map.of());
  }

  private static Condition ofTypes(List<String> jobTypes) {
    return new Condition(List.of(ALL_JOBS), isOf(jobTypes), values(jobTypes));
  }

  /** In any state means in each of them, because the index has the state before the id. */
  private static Condition ofTypesAndStates(Set<String> jobTypes, Set<JobState> states) {
    List<String> types = List.copyOf(jobTypes);
    List<String> inStates = names(states.isEmpty() ? Set.of(JobState.values()) : states);
    return new Condition(
        IntStream.range(0, types.size())
            .boxed()
            .flatMap(
                type ->
                    inStates.stream()
                        .map(
                            state ->
                                "jobs where job_type = :type_%d and state = '%s'"
                                    .formatted(type, state)))
            .toList(),
        states.isEmpty() ? isOf(types) : isOf(types) + " and " + isIn(states),
        values(types));
  }

  private static String isIn(Set<JobState> states) {
    return "(state in (%s)) is true".formatted(quoted(names(states)));
  }

  private static String isOf(List<String> jobTypes) {
    return IntStream.range(0, jobTypes.size())
        .mapToObj(":type_%d"::formatted)
        .collect(Collectors.joining(", ", "(job_type in (", ")) is true"));
  }

  private static Map<String, Object> values(List<String> jobTypes) {
    return IntStream.range(0, jobTypes.size())
        .boxed()
        .collect(Collectors.toMap("type_%d"::formatted, jobTypes::get));
  }

  private static List<String> names(Set<JobState> states) {
    return states.stream().sorted().map(JobState::wireName).toList();
  }

  private static String quoted(List<String> names) {
    return names.stream().map("'%s'"::formatted).collect(Collectors.joining(", "));
  }
}
