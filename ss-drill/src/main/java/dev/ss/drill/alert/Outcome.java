package dev.ss.drill.alert;

import java.util.List;
import java.util.Set;

/**
 * What came of a drill.
 *
 * @param repairedAt when the repair began, in seconds of the watch
 * @param present what was there at the end
 * @param rows the alerts that fired
 * @param note what else there is to say
 * @param findings what is not as it has to be
 */
record Outcome(
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
   * @param duty what was wanted of it
   */
  record Row(AlertName alert, Sighting sighting, Duty duty) {}

  /** What a drill wants of an alert. */
  enum Duty {
    MUST_FIRE(""),
    MAY_FIRE(" (allowed)"),
    MUST_NOT_FIRE(" (wrong)");

    private final String mark;

    Duty(String mark) {
      this.mark = mark;
    }

    /** What stands behind its name. */
    String mark() {
      return mark;
    }
  }

  /** One that broke off. */
  static Outcome brokenOff(String drill, String done, Exception e) {
    return new Outcome(
        drill, done, 0, Set.of(), List.of(), "", List.of("broken off: " + e.getMessage()));
  }

  boolean isGood() {
    return findings.isEmpty();
  }
}
