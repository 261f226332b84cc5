package dev.ss.drill.fault;

import dev.ss.drill.check.Report;
import dev.ss.drill.load.JobKind;
import dev.ss.testkit.process.Uptime;
import dev.ss.testkit.process.Waiting;
import dev.ss.testkit.system.SsProcess;
import java.util.List;

/**
 * Kills workers and restarts them; the last one only after a while, as if its machine were lost.
 */
final class KillDrill implements Drill {
  @Override
  public String name() {
    return "kill";
  }

  @Override
  public String fault() {
    return "one of 3 workers killed with SIGKILL, repeatedly; the last one restarts only after"
        + " its jobs have run elsewhere";
  }

  @Override
  public Report run(Plan plan) {
    try (Stage stage = Stage.onPostgres(plan, this).start(2, 3)) {
      stage.clients().begin();
      for (int round = 0; round < plan.rounds(6); round++) {
        Waiting.pause(plan.load(4));
        stage.restart(killOne(plan, stage));
      }
      Waiting.pause(plan.load(4));
      SsProcess lost = killOne(plan, stage);
      Waiting.pause(stage.silence());
      stage.restart(lost);
      return stage.finish();
    }
  }

  static SsProcess killOne(Plan plan, Stage stage) {
    List<SsProcess> workers = stage.workers();
    SsProcess victim = workers.get(plan.random().nextInt(workers.size()));
    stage.awaitOn(victim, JobKind.LONG, JobKind.FAMILY);
    victim.kill();
    stage.recovery().hit(Uptime.seconds(), List.of(victim.pid()));
    return victim;
  }
}
