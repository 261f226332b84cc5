package dev.ss.drill.check;

import java.util.List;

/**
 * The result of a drill.
 *
 * @param drill the drill's name, with the database if it ran on several
 * @param seen the answers that the clients got
 * @param accepted how many jobs clients got in answers
 * @param finished how many jobs are final
 * @param executions how many commands ran, according to the ledger
 * @param endedEarly how many attempts did not store a result, according to the table
 * @param recovery how long recovery took, and the bound
 * @param findings what is wrong
 */
public record Report(
    String drill,
    String fault,
    String seen,
    int accepted,
    int finished,
    int executions,
    int endedEarly,
    String recovery,
    List<String> findings) {

  /** Returns the report of a drill that was aborted. */
  public static Report aborted(String drill, String fault, String reason) {
    return new Report(drill, fault, "", 0, 0, 0, 0, "", List.of(reason));
  }

  /** Returns the report of a drill that cannot run on this machine. */
  public static Report skipped(String drill, String fault, String reason) {
    return new Report(drill, fault, "skipped: " + reason, 0, 0, 0, 0, "", List.of());
  }
}
