package dev.ss.drill.fault;

import dev.ss.drill.check.Report;
import dev.ss.testkit.process.Waiting;
import dev.ss.testkit.system.SsProcess;
import dev.ss.testkit.system.Storage;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Sets driver options in the database URL that change how statements are sent. SS must work with
 * all of them.
 */
final class OptionsDrill implements Drill {
  /**
   * The option that once lost batches is last, because jobs that it leaves queued hold the clients
   * back.
   */
  private static final List<String> OPTIONS =
      List.of("prepareThreshold=0", "prepareThreshold=-1", "reWriteBatchedInserts=true");

  @Override
  public String name() {
    return "options";
  }

  @Override
  public String fault() {
    return "the database URL with " + String.join(", then ", OPTIONS);
  }

  @Override
  public Report run(Plan plan) {
    try (Stage stage = Stage.onPostgresPatiently(plan, this)) {
      connectWith(OPTIONS.get(0), stage);
      stage.start(2, 3).clients().begin();
      Waiting.pause(plan.load(12));
      for (String option : OPTIONS.subList(1, OPTIONS.size())) {
        connectWith(option, stage);
        Stream.concat(stage.workers().stream(), stage.apis().stream())
            .forEach(SsProcess::terminate);
        stage.start(2, 3);
        Waiting.pause(plan.load(12));
      }
      return stage.finish();
    }
  }

  private static void connectWith(String option, Stage stage) {
    Storage.Postgres database = (Storage.Postgres) stage.storage();
    Stream.of(Stage.api(1), Stage.api(2), Stage.worker(1), Stage.worker(2), Stage.worker(3))
        .forEach(
            name -> stage.with(name, Map.of("SS_DATABASE_URL", database.url(name) + "&" + option)));
  }
}
