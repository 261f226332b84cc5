package dev.ss.job;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The parameters of a job type.
 *
 * @param byName ordered by name
 */
public record Parameters(SortedMap<String, Parameter> byName) {
  /** The parameters of a type whose command is the same for every job. */
  public static final Parameters NONE = new Parameters(new TreeMap<>());

  public Parameters {
    byName = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
  }

  /** Why a job's values do not fit. */
  public sealed interface Misfit {
    /** Applies the function for this kind of misfit to the name of the parameter. */
    <T> T match(
        Function<String, T> unknown, Function<String, T> missing, Function<String, T> refused);
  }

  /** There is no such parameter. The name is the client's. */
  record Unknown(String name) implements Misfit {
    @Override
    public <T> T match(
        Function<String, T> unknown, Function<String, T> missing, Function<String, T> refused) {
      return unknown.apply(name);
    }
  }

  /** The parameter has no default, and the job has no value for it. */
  record Missing(String name) implements Misfit {
    @Override
    public <T> T match(
        Function<String, T> unknown, Function<String, T> missing, Function<String, T> refused) {
      return missing.apply(name);
    }
  }

  /** The parameter does not accept the job's value. */
  record Refused(String name) implements Misfit {
    @Override
    public <T> T match(
        Function<String, T> unknown, Function<String, T> missing, Function<String, T> refused) {
      return refused.apply(name);
    }
  }

  /** Returns the first reason why a job cannot have these values; empty if it can. */
  public Optional<Misfit> misfit(Map<String, String> values) {
    for (String name : new TreeMap<>(values).keySet()) {
      if (!byName.containsKey(name)) {
        return Optional.of(new Unknown(name));
      }
    }
    for (Map.Entry<String, Parameter> each : byName.entrySet()) {
      String value = values.get(each.getKey());
      if (value == null && each.getValue().defaultValue().isEmpty()) {
        return Optional.of(new Missing(each.getKey()));
      }
      if (value != null && !each.getValue().accepts(value)) {
        return Optional.of(new Refused(each.getKey()));
      }
    }
    return Optional.empty();
  }

  /**
   * Returns the command line of a job: each argument with the values in place of its placeholders.
   *
   * @param command the program, which has no placeholders, and its arguments
   * @param values that {@linkplain #misfit fit}
   */
  public List<String> fill(List<String> command, Map<String, String> values) {
    if (byName.isEmpty()) {
      return command;
    }
    Map<String, String> complete = new TreeMap<>();
    byName.forEach((name, each) -> each.defaultValue().ifPresent(text -> complete.put(name, text)));
    complete.putAll(values);
    List<String> filled = new ArrayList<>(command);
    filled.subList(1, filled.size()).replaceAll(each -> Placeholders.fill(each, complete));
    return List.copyOf(filled);
  }
}
