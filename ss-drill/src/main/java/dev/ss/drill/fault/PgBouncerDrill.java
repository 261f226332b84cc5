package dev.ss.drill.fault;

import dev.ss.drill.check.Report;
import dev.ss.testkit.postgres.PgBouncer;
import dev.ss.testkit.process.Waiting;
import dev.ss.testkit.system.SsProcess;
import dev.ss.testkit.system.Storage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Connects SS to its database through PgBouncer in transaction mode. */
final class PgBouncerDrill implements Drill {
  private static final String SAID = "Wake-ups do not arrive";
  private static final Duration SAID_LIMIT = Duration.ofSeconds(30);

  @Override
  public String name() {
    return "pgbouncer";
  }

  @Override
  public String fault() {
    return "PgBouncer in transaction mode in front of PostgreSQL: prepared statements, settings"
        + " and LISTEN do not last";
  }

  @Override
  public Report run(Plan plan) {
    Optional<Path> program = PgBouncer.installed();
    if (program.isEmpty()) {
      return Report.skipped(
          name(), fault(), "pgbouncer is not there; Debian: apt-get install pgbouncer");
    }
    try (PgBouncer bouncer =
            PgBouncer.start(
                program.get(), plan.directory(), plan.ports().free(), plan.postgres().port());
        Stage stage = Stage.onPostgresPatiently(plan, this)) {
      Stream.of(Stage.api(1), Stage.api(2), Stage.worker(1), Stage.worker(2), Stage.worker(3))
          .forEach(name -> connectOver(bouncer, stage, name));
      stage.start(2, 3).clients().begin();
      Waiting.pause(plan.load(30));
      stage.workers().forEach(each -> requireSaid(stage, each));
      return stage.finish();
    }
  }

  private static void connectOver(PgBouncer bouncer, Stage stage, String name) {
    Storage.Postgres database = (Storage.Postgres) stage.storage();
    stage.with(
        name,
        Map.of(
            "SS_DATABASE_URL", database.url(name, bouncer.port()) + "&" + PgBouncer.URL_OPTIONS));
  }

  private static void requireSaid(Stage stage, SsProcess worker) {
    Waiting.within(SAID_LIMIT, () -> worker.logged(SAID) > 0);
    long said = worker.logged(SAID);
    if (said != 1) {
      stage.find("%s said %d times in place of once: %s".formatted(worker.name(), said, SAID));
    }
  }
}
