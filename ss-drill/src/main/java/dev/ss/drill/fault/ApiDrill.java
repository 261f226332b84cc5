package dev.ss.drill.fault;

import dev.ss.drill.check.Report;
import dev.ss.testkit.process.Waiting;
import dev.ss.testkit.system.SsProcess;

/**
 * Kills one of two APIs while it takes jobs; clients repeat their requests at the other with the
 * same key.
 */
final class ApiDrill implements Drill {
  @Override
  public String name() {
    return "api";
  }

  @Override
  public String fault() {
    return "one of 2 APIs killed with SIGKILL under load, repeatedly";
  }

  @Override
  public Report run(Plan plan) {
    try (Stage stage = Stage.onPostgresPatiently(plan, this).start(2, 2)) {
      stage.clients().begin();
      for (int round = 0; round < plan.rounds(8); round++) {
        Waiting.pause(plan.load(2));
        SsProcess victim = stage.apis().get(round % 2);
        victim.kill();
        stage.restart(victim);
      }
      Waiting.pause(plan.load(2));
      return stage.finish();
    }
  }
}
