package dev.ss.drill.fault;

import dev.ss.drill.check.Report;
import dev.ss.drill.place.SsProcess;
import dev.ss.drill.place.Waiting;

/** Worker and API are killed on SQLite. */
public final class SqliteDrill implements Drill {
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
        stage.restart(KillDrill.killOne(plan, stage));
        Waiting.pause(plan.load(4));
        SsProcess api = stage.process(Stage.api(1));
        api.kill();
        stage.restart(api);
      }
      Waiting.pause(plan.load(4));
      return stage.finish();
    }
  }
}
