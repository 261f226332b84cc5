package dev.ss.drill.load;

import dev.ss.testkit.ledger.Ledger;
import java.util.OptionalInt;

/** The kinds of jobs that a drill submits. */
public enum JobKind {
  /** Ends at once. */
  QUICK("0", 0),
  /** Runs for a moment. */
  NAP("0.3", 0),
  /** Starts child processes that would run for ten minutes. */
  FAMILY("1", 0),
  /**
   * Runs long enough to be hit by a fault. Its priority makes the time to recovery independent of
   * the length of the queue.
   */
  LONG("2", 100);

  private final String seconds;
  private final int priority;

  JobKind(String seconds, int priority) {
    this.seconds = seconds;
    this.priority = priority;
  }

  /** One in twenty is long, and as many have children. */
  static JobKind of(int number) {
    return switch (number % 20) {
      case 0 -> LONG;
      case 5 -> FAMILY;
      case 3, 8, 13 -> NAP;
      default -> QUICK;
    };
  }

  private String command(Ledger ledger) {
    return this == FAMILY ? ledger.command(seconds, "0", "one two") : ledger.command(seconds);
  }

  private String limit(OptionalInt maxNaps) {
    return this == NAP && maxNaps.isPresent() ? ", maxRunning: " + maxNaps.getAsInt() : "";
  }

  /** The priority in a submission. */
  int priority() {
    return priority;
  }

  /** Returns the longest time that a job runs, in seconds. */
  public static double maxSeconds() {
    return Double.parseDouble(LONG.seconds);
  }

  /** The name of the job type. */
  String typeName() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /**
   * Returns the section {@code jobTypes} of config.yml.
   *
   * @param maxNaps {@code maxRunning} of {@link #NAP}
   */
  public static String section(Ledger ledger, OptionalInt maxNaps) {
    StringBuilder section = new StringBuilder("jobTypes:\n");
    for (JobKind kind : values()) {
      section.append(
          "  %s: {command: %s, timeout: 2m, maxAttempts: 100%s}\n"
              .formatted(kind.typeName(), kind.command(ledger), kind.limit(maxNaps)));
    }
    return section.toString();
  }
}
