package dev.ss.drill.fault;

import dev.ss.drill.check.Report;
import dev.ss.drill.load.JobKind;
import dev.ss.testkit.process.TcpProxy;
import dev.ss.testkit.process.Uptime;
import dev.ss.testkit.process.Waiting;
import dev.ss.testkit.system.SsProcess;
import dev.ss.testkit.system.Storage;
import java.util.List;
import java.util.Map;

/**
 * Cuts the network between one process and the database for longer than a lease, and restores it.
 */
final class CutDrill implements Drill {
  @Override
  public String name() {
    return "cut";
  }

  @Override
  public String fault() {
    return "the connection of one of 3 workers to PostgreSQL cut past its lease, silently and by"
        + " resets; then of one of 2 APIs";
  }

  @Override
  public Report run(Plan plan) {
    try (TcpProxy workersLine = TcpProxy.to(plan.postgres().port());
        TcpProxy apisLine = TcpProxy.to(plan.postgres().port());
        Stage stage = Stage.onPostgres(plan, this)) {
      connectOver(workersLine, stage, Stage.worker(1));
      connectOver(apisLine, stage, Stage.api(1));
      stage.start(2, 3).clients().begin();
      for (int round = 0; round < plan.rounds(2); round++) {
        cut(plan, stage, Stage.worker(1), workersLine, workersLine::blackhole);
        cut(plan, stage, Stage.worker(1), workersLine, workersLine::reset);
        cut(plan, stage, Stage.api(1), apisLine, apisLine::blackhole);
        cut(plan, stage, Stage.api(1), apisLine, apisLine::reset);
      }
      Waiting.pause(plan.load(4));
      return stage.finish();
    }
  }

  private static void connectOver(TcpProxy line, Stage stage, String name) {
    Storage.Postgres database = (Storage.Postgres) stage.storage();
    stage.with(name, Map.of("SS_DATABASE_URL", database.url(name, line.port())));
  }

  private static void cut(Plan plan, Stage stage, String name, TcpProxy line, Runnable howToCut) {
    Waiting.pause(plan.load(4));
    SsProcess process = stage.process(name);
    boolean worker = process.kind() == SsProcess.Kind.WORKER;
    if (worker) {
      stage.awaitOn(process, JobKind.LONG);
    }
    stage.databaseFault();
    howToCut.run();
    if (worker) {
      stage.recovery().hit(Uptime.seconds(), List.of(process.pid()));
    }
    Waiting.pause(stage.silence());
    line.heal();
  }
}
