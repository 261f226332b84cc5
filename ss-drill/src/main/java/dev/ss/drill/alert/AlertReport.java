package dev.ss.drill.alert;

import java.util.List;
import java.util.Set;

/**
 * The result of a drill.
 *
 * @param repairedAt when the repair began, in seconds of the watch
 * @param present the alerts that were pending or firing at the end
 * @param rows the alerts that fired
 * @param note a remark on the result
 * @param findings what is wrong
 */
record AlertReport(
    String drill,
    String done,
    double repairedAt,
    Set<AlertName> present,
    List<Row> rows,
    String note,
    List<String> findings) {

  /**
   * One alert.
   *
   * @param duty what the drill expected of it
   */
  record Row(AlertName alert, Sighting sighting, Duty duty) {}

  /** What a drill expects of an alert. */
  enum Duty {
    MUST_FIRE(""),
    MAY_FIRE(" (allowed)"),
    MUST_NOT_FIRE(" (wrong)");

    private final String mark;

    Duty(String mark) {
      this.mark = mark;
    }

    /** Returns the text after the alert's name. */
    String mark() {
      return mark;
    }
  }

  /** The result of a drill that was aborted. */
  static AlertReport aborted(String drill, String done, Exception e) {
    return new AlertReport(
        drill, done, 0, Set.of(), List.of(), "", List.of("aborted: " + e.getMessage()));
  }

  boolean isGood() {
    return findings.isEmpty();
  }
}
