package dev.ss.testkit.model;

import java.util.List;
import java.util.OptionalLong;

/**
 * The periods in which a process could not learn of a change or act on it: while it was frozen,
 * killed, or without a database.
 */
public final class Silences {
  private final List<Silence> all;

  public Silences(List<Silence> all) {
    this.all = List.copyOf(all);
  }

  /**
   * One such period.
   *
   * @param process the id of the process; all processes if empty
   */
  public record Silence(OptionalLong process, double from, double to) {
    boolean hits(long id) {
      return process.isEmpty() || process.getAsLong() == id;
    }
  }

  /**
   * The time by which the process must have done what it has to do within {@code grace} seconds
   * after {@code since}; silences extend it.
   */
  double deadline(long process, double since, double grace) {
    double deadline = since + grace;
    for (double before = 0; before < deadline; ) {
      before = deadline;
      for (Silence each : all) {
        if (each.hits(process) && each.from() <= deadline && each.to() >= since) {
          deadline = Math.max(deadline, each.to() + grace);
        }
      }
    }
    return deadline;
  }

  /** Whether the process was silent at some moment between these times. */
  boolean within(long process, double from, double to) {
    return all.stream()
        .anyMatch(each -> each.hits(process) && each.from() <= to && each.to() >= from);
  }
}
