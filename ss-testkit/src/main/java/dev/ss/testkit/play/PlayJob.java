package dev.ss.testkit.play;

import dev.ss.testkit.ledger.Ledger;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The job types of a play. */
enum PlayJob {
  QUICK("0", "0"),
  NAP("0.3", "0"),
  /** Starts child processes that would run for ten minutes. */
  FAMILY("0.5", "0", "one two"),
  /** Long enough to be frozen, cancelled and retried. */
  LONG("6", "0"),
  /** At most {@value #LIMIT} may run at once. */
  LIMITED("0.3", "0"),
  /** Fails on its own. */
  FAILING("0", "3");

  private static final int LIMIT = 2;

  private final String seconds;
  private final String exit;
  private final String children;

  PlayJob(String seconds, String exit) {
    this(seconds, exit, "");
  }

  PlayJob(String seconds, String exit, String children) {
    this.seconds = seconds;
    this.exit = exit;
    this.children = children;
  }

  private String command(Ledger ledger) {
    return children.isEmpty()
        ? ledger.command(seconds, exit)
        : ledger.command(seconds, exit, children);
  }

  String typeName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the fields of a submission. Long jobs have priority, so that a job that a fault is to
   * hit does not wait behind all others.
   */
  String fields(String input) {
    return "\"job_type\":\"%s\",\"input\":\"%s\",\"priority\":%d"
        .formatted(typeName(), input, this == LONG ? 100 : 0);
  }

  /** Returns the section {@code jobTypes} of config.yml. */
  static String section(Ledger ledger) {
    StringBuilder section = new StringBuilder("jobTypes:\n");
    for (PlayJob job : values()) {
      section.append(
          "  %s: {command: %s, timeout: 2m, maxAttempts: %d%s}\n"
              .formatted(
                  job.typeName(),
                  job.command(ledger),
                  job == FAILING ? 2 : 4,
                  job == LIMITED ? ", maxRunning: " + LIMIT : ""));
    }
    return section.toString();
  }

  /** Returns the types whose command fails on its own. */
  static Set<String> failing() {
    return Arrays.stream(values())
        .filter(job -> !job.exit.equals("0"))
        .map(PlayJob::typeName)
        .collect(Collectors.toSet());
  }

  /** Returns {@code maxRunning} by job type. */
  static Map<String, Integer> limits() {
    return Map.of(LIMITED.typeName(), LIMIT);
  }
}
