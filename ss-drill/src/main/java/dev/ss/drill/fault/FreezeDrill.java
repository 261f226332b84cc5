package dev.ss.drill.fault;

import dev.ss.drill.check.Report;
import dev.ss.drill.load.JobKind;
import dev.ss.testkit.process.Uptime;
import dev.ss.testkit.process.Waiting;
import dev.ss.testkit.system.SsProcess;
import dev.ss.testkit.system.Storage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Freezes workers past their lease and thaws them, with running jobs and within a transaction. */
final class FreezeDrill implements Drill {
  private static final Duration CATCH_LIMIT = Duration.ofSeconds(15);

  @Override
  public String name() {
    return "freeze";
  }

  @Override
  public String fault() {
    return "a worker frozen with SIGSTOP past its lease and thawed; then another one that holds"
        + " row locks";
  }

  @Override
  public Report run(Plan plan) {
    try (Stage stage = Stage.onPostgres(plan, this, WorkerSettings.IN_TRANSACTIONS).start(1, 3)) {
      stage.clients().begin();
      for (int round = 0; round < plan.rounds(3); round++) {
        Waiting.pause(plan.load(4));
        SsProcess frozen = stage.workers().get(round % 3);
        stage.awaitOn(frozen, JobKind.LONG);
        frozen.freeze();
        hold(stage, frozen);
      }
      Waiting.pause(plan.load(4));
      SsProcess holder = stage.workers().get(1);
      if (Waiting.within(CATCH_LIMIT, () -> freezesInTransaction(stage, holder))) {
        hold(stage, holder);
      } else {
        stage.find("the worker was never frozen within a transaction; run the drill again");
      }
      Waiting.pause(plan.load(4));
      return stage.finish();
    }
  }

  private static void hold(Stage stage, SsProcess frozen) {
    stage.recovery().hit(Uptime.seconds(), List.of(frozen.pid()));
    Waiting.pause(stage.silence().plusSeconds(1));
    frozen.thaw();
  }

  /**
   * Freezes the worker; leaves it frozen only if it has an open transaction that has written
   * something.
   */
  private static boolean freezesInTransaction(Stage stage, SsProcess worker) {
    worker.freeze();
    if (hasOpenTransaction(stage.storage(), worker.name())) {
      return true;
    }
    worker.thaw();
    return false;
  }

  private static boolean hasOpenTransaction(Storage storage, String client) {
    String sql =
        "select 1 from pg_stat_activity where application_name = ?"
            + " and state = 'idle in transaction' and backend_xid is not null";
    try (Connection connection = storage.connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, client);
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
