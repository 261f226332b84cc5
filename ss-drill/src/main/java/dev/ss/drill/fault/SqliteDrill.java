package dev.ss.drill.fault;

import dev.ss.drill.check.Report;
import dev.ss.drill.load.JobKind;
import dev.ss.testkit.process.Uptime;
import dev.ss.testkit.process.Waiting;
import dev.ss.testkit.system.SsProcess;
import java.util.List;

/** Kills the worker and the API on SQLite. */
final class SqliteDrill implements Drill {
  @Override
  public String name() {
    return "sqlite";
  }

  @Override
  public String fault() {
    return "on SQLite, the worker and the API killed with SIGKILL in turn";
  }

  @Override
  public Report run(Plan plan) {
    try (Stage stage = Stage.onSqlite(plan, this).start(1, 1)) {
      stage.clients().begin();
      for (int round = 0; round < plan.rounds(4); round++) {
        Waiting.pause(plan.load(4));
        killTheOneWorker(stage);
        Waiting.pause(plan.load(4));
        SsProcess api = stage.process(Stage.api(1));
        api.kill();
        stage.restart(api);
      }
      Waiting.pause(plan.load(4));
      return stage.finish();
    }
  }

  /** No other worker can recover its jobs, so they wait for its return. */
  private static void killTheOneWorker(Stage stage) {
    SsProcess worker = stage.process(Stage.worker(1));
    stage.awaitOn(worker, JobKind.LONG, JobKind.FAMILY);
    worker.kill();
    double killed = Uptime.seconds();
    stage.restart(worker);
    stage.recovery().hit(killed, Uptime.seconds(), List.of(worker.pid()));
  }
}
