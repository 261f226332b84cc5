package dev.ss.drill.fault;

import dev.ss.drill.check.Report;
import dev.ss.testkit.process.Waiting;
import dev.ss.testkit.system.SsProcess;

/** Restarts all processes with SIGTERM, one after another. No job may run twice. */
final class RollingDrill implements Drill {
  private static final int TERMINATED = 143;

  @Override
  public String name() {
    return "rolling";
  }

  @Override
  public String fault() {
    return "3 workers and 2 APIs restarted with SIGTERM, one after the other";
  }

  @Override
  public Report run(Plan plan) {
    try (Stage stage = Stage.onPostgresPatiently(plan, this).start(2, 3)) {
      stage.clients().begin();
      for (int round = 0; round < plan.rounds(2); round++) {
        for (SsProcess worker : stage.workers()) {
          restart(plan, stage, worker);
        }
        for (SsProcess api : stage.apis()) {
          restart(plan, stage, api);
        }
      }
      Report report = stage.finish();
      if (report.endedEarly() > 0) {
        return withFinding(
            report, report.endedEarly() + " attempts did not end in the grace period");
      }
      return report;
    }
  }

  private static void restart(Plan plan, Stage stage, SsProcess process) {
    Waiting.pause(plan.load(2));
    int status = process.terminate();
    if (status != TERMINATED) {
      stage.find("%s ended with %d".formatted(process.name(), status));
    }
    stage.restart(process);
  }

  static Report withFinding(Report report, String finding) {
    java.util.List<String> findings = new java.util.ArrayList<>(report.findings());
    findings.add(finding);
    return new Report(
        report.drill(),
        report.fault(),
        report.seen(),
        report.accepted(),
        report.finished(),
        report.executions(),
        report.endedEarly(),
        report.recovery(),
        findings);
  }
}
