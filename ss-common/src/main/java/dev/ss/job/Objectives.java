package dev.ss.job;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What an operator promises of the jobs of a type.
 *
 * @param startWithin how long after it could start an attempt must have started; empty for no
 *     promise
 * @param endWithin how long after it was due a job must be final; empty for no promise
 * @param succeed whether jobs must succeed
 * @param target the part of the jobs that must meet each objective, between 0 and 1
 */
public record Objectives(
    Optional<Duration> startWithin, Optional<Duration> endWithin, boolean succeed, double target) {

  /** No promise at all. */
  public static final Objectives NONE =
      new Objectives(Optional.empty(), Optional.empty(), false, 0);

  /** The objectives that there are. */
  public Set<Objective> all() {
    Set<Objective> all = EnumSet.noneOf(Objective.class);
    if (startWithin.isPresent()) {
      all.add(Objective.START);
    }
    if (endWithin.isPresent()) {
      all.add(Objective.END);
    }
    if (succeed) {
      all.add(Objective.SUCCESS);
    }
    return all;
  }
}
