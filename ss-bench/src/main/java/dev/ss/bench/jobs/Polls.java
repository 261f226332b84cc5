package dev.ss.bench.jobs;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What workers found when they polled for jobs. It is read from the plans that the server logged
 * with the row counts of each step.
 *
 * @param all the number of polls
 * @param empty polls that found nothing
 * @param skipping polls that skipped jobs locked by others
 * @param shortened the skipping polls that got fewer jobs than they wanted
 * @param skipped how many jobs were skipped in all
 * @param lockWaits waits for a lock that took longer than a millisecond
 */
record Polls(int all, int empty, int skipping, int shortened, int skipped, long lockWaits) {

  /** Settings by which a database logs this, in sessions that begin afterwards. */
  static final List<String> SETTINGS =
      List.of(
          "session_preload_libraries = 'auto_explain'",
          "auto_explain.log_min_duration = 0",
          "auto_explain.log_analyze = on",
          "auto_explain.log_timing = off",
          "log_lock_waits = on",
          "deadlock_timeout = '1ms'");

  private static final Pattern STATEMENT = Pattern.compile("LOG:  duration: ");
  private static final Pattern WAIT = Pattern.compile("LOG:  process \\d+ still waiting for");
  private static final Pattern WANTED = Pattern.compile("limit (\\d+)\\s+for update skip locked");

  /** How many rows were locked, and how many were tried. */
  private static final Pattern LOCKED =
      Pattern.compile(
          "LockRows [^\\n]*actual rows=(\\d+)[^\\n]*\\n\\s*->  \\w[^\\n]*actual rows=(\\d+)");

  static Polls in(String log) {
    Polls polls = new Polls(0, 0, 0, 0, 0, WAIT.matcher(log).results().count());
    for (String statement : STATEMENT.split(log, -1)) {
      Matcher wanted = WANTED.matcher(statement);
      Matcher locked = LOCKED.matcher(statement);
      if (statement.contains("for update skip locked") && wanted.find() && locked.find()) {
        polls =
            polls.and(
                Integer.parseInt(wanted.group(1)),
                Integer.parseInt(locked.group(1)),
                Integer.parseInt(locked.group(2)));
      }
    }
    return polls;
  }

  private Polls and(int wanted, int got, int tried) {
    return new Polls(
        all + 1,
        empty + (got == 0 ? 1 : 0),
        skipping + (tried > got ? 1 : 0),
        shortened + (tried > got && got < wanted ? 1 : 0),
        skipped + tried - got,
        lockWaits);
  }
}
