package dev.ss.drill.fault;

import dev.ss.drill.check.Report;
import dev.ss.drill.load.TimedJobs;
import dev.ss.testkit.ledger.Execution;
import dev.ss.testkit.system.SsProcess;
import java.util.List;

/**
 * A job is lost with its frozen worker, and the client has it run again. When the worker thaws, on
 * the same machine, it must end its own command and not the other worker's.
 */
final class RetryFrozenDrill implements Drill {
  /** Longer than it takes until the job is lost and runs again. */
  private static final double SECONDS = 12;

  @Override
  public String name() {
    return "retry-frozen";
  }

  @Override
  public String fault() {
    return "one of 2 workers frozen with SIGSTOP; its job, which has no attempt left, is retried"
        + " and runs at the other when it thaws";
  }

  @Override
  public Report run(Plan plan) {
    int rounds = plan.rounds(10);
    Tally tally = new Tally();
    try (Stage stage = Stage.onPostgres(plan, this).start(1, 2)) {
      for (int round = 0; round < rounds; round++) {
        run(stage, tally);
      }
      tally.findings().forEach(stage::find);
      return stage.finishJobs(rounds + (rounds == 1 ? " round" : " rounds"));
    }
  }

  private static void run(Stage stage, Tally tally) {
    JobChecks checks = new JobChecks(stage);
    String job = stage.jobs().submit(SECONDS, 1);
    Execution first = checks.awaitExecution(job, 1);
    SsProcess frozen = workerOf(first, stage);
    frozen.freeze();
    TimedJobs.Job lost = checks.awaitEnd(job);
    if (!lost.end().equals("failed/worker_lost")) {
      tally.add("the job of the frozen worker: " + lost.end());
    }
    stage.jobs().retry(job);
    Execution second = checks.awaitExecution(job, 2);
    if (stage.ledger().executionsOf(job).get(0).end().isPresent()) {
      tally.add("the first command had ended before the thaw; run the drill again");
    }
    frozen.thaw();
    checks.requireSuccess(job, tally, " after the thaw");
    requireOnly(second, stage, tally);
  }

  private static SsProcess workerOf(Execution execution, Stage stage) {
    return stage.workers().stream()
        .filter(each -> each.pid() == execution.worker())
        .findFirst()
        .orElseThrow();
  }

  private static void requireOnly(Execution second, Stage stage, Tally tally) {
    List<Execution> executions = stage.ledger().executionsOf(second.jobId());
    if (executions.size() != 2) {
      tally.add("%d commands in place of 2".formatted(executions.size()));
    }
    if (executions.get(0).end().isPresent()) {
      tally.add("the thawed worker's command ran on to its end");
    }
    if (executions.get(1).end().isEmpty()) {
      tally.add("the other worker's command was killed");
    }
  }
}
