package dev.ss.drill.fault;

import dev.ss.drill.load.TimedJobs;
import dev.ss.testkit.ledger.Execution;
import dev.ss.testkit.process.Waiting;
import java.time.Duration;
import java.util.List;

/** Checks of single jobs of a drill. */
final class JobChecks {
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Duration END_LIMIT = Duration.ofMinutes(2);

  private final Stage stage;

  JobChecks(Stage stage) {
    this.stage = stage;
  }

  /** Waits until so many commands of this job have begun, and returns the last of them. */
  Execution awaitExecution(String jobId, int count) {
    Waiting.until(
        () -> "command " + count + " of a job begins",
        START_LIMIT,
        () -> stage.ledger().executionsOf(jobId).size() >= count);
    return stage.ledger().executionsOf(jobId).get(count - 1);
  }

  /** Waits until this job is final. */
  TimedJobs.Job awaitEnd(String jobId) {
    Waiting.until(() -> "a job ends", END_LIMIT, () -> stage.jobs().get(jobId).isFinal());
    return stage.jobs().get(jobId);
  }

  /**
   * Waits until the job is final, and requires success with the output of a command that completed.
   */
  void requireSuccess(String jobId, Tally tally, String where) {
    TimedJobs.Job job = awaitEnd(jobId);
    if (!job.state().equals("succeeded")) {
      tally.add(job.end() + where);
    } else if (!hasOutputOfItsOwn(jobId)) {
      tally.add("the output is not that of a finished command" + where);
    }
  }

  /** Whether an execution began before another, which completed, had ended. */
  static boolean overlap(List<Execution> executions) {
    return executions.stream()
        .anyMatch(
            one ->
                executions.stream()
                    .filter(other -> other.start() > one.start())
                    .anyMatch(other -> other.start() < one.end().orElse(0)));
  }

  private boolean hasOutputOfItsOwn(String jobId) {
    String output = stage.jobs().output(jobId);
    List<Execution> executions = stage.ledger().executionsOf(jobId);
    return executions.stream()
        .filter(each -> each.end().isPresent())
        .anyMatch(each -> output.equals(each.nonce() + "\n"));
  }
}
