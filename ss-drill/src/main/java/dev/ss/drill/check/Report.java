package dev.ss.drill.check;

import java.util.List;

/**
 * What came of a drill.
 *
 * @param drill its name, with the database where it was done on several
 * @param seen what the clients saw
 * @param accepted jobs whose submission was answered with them
 * @param finished jobs in a final state
 * @param executions of commands, as the ledger has them
 * @param endedEarly attempts that did not come to a written end, as the table has them
 * @param recovery how long it took, and the bound
 * @param findings what is not as it has to be
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

  /** One that broke off. */
  public static Report brokenOff(String drill, String fault, String reason) {
    return new Report(drill, fault, "", 0, 0, 0, 0, "", List.of(reason));
  }

  /** One that cannot be done here. */
  public static Report skipped(String drill, String fault, String reason) {
    return new Report(drill, fault, "skipped: " + reason, 0, 0, 0, 0, "", List.of());
  }
}
