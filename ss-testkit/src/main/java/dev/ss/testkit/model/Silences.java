package dev.ss.testkit.model;

import java.util.List;
import java.util.OptionalLong;

/** When a process could not know, or do, what it should: frozen, killed, or without a database. */
public final class Silences {
  private final List<Silence> all;

  /** From a list of silences. */
  public Silences(List<Silence> all) {
    this.all = List.copyOf(all);
  }

  /**
   * One of them.
   *
   * @param process the id; all processes if empty
   */
  public record Silence(OptionalLong process, double from, double to) {
    boolean hits(long id) {
      return process.isEmpty() || process.getAsLong() == id;
    }
  }

  /** By when the process has done what it had to do within {@code grace} after {@code since}. */
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

  /** Whether the process was silent at some moment of this time. */
  boolean within(long process, double from, double to) {
    return all.stream()
        .anyMatch(each -> each.hits(process) && each.from() <= to && each.to() >= from);
  }
}
