package dev.ss.drill.fault;

import dev.ss.drill.check.Report;
import dev.ss.testkit.postgres.PostgresServer.Stop;
import dev.ss.testkit.process.Uptime;
import dev.ss.testkit.process.Waiting;
import dev.ss.testkit.system.SsProcess;
import java.time.Duration;
import java.util.List;

/** Stops and restarts the database, cleanly and as in a power cut. */
final class PostgresDrill implements Drill {
  private static final Duration AWAY = Duration.ofSeconds(3);

  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public String fault() {
    return "PostgreSQL stopped fast, then twice immediately, each time for 3 s";
  }

  @Override
  public Report run(Plan plan) {
    try (Stage stage = Stage.onPostgres(plan, this).start(2, 3)) {
      stage.clients().begin();
      for (Stop how : List.of(Stop.FAST, Stop.IMMEDIATE, Stop.IMMEDIATE)) {
        Waiting.pause(plan.load(5));
        double stopped = Uptime.seconds();
        stage.databaseFault();
        plan.postgres().stop(how);
        Waiting.pause(AWAY);
        plan.postgres().start();
        List<Long> workers = stage.workers().stream().map(SsProcess::pid).toList();
        stage.recovery().hit(stopped, Uptime.seconds(), workers);
        Waiting.pause(stage.silence());
      }
      return stage.finish();
    }
  }
}
