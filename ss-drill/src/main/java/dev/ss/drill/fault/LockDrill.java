package dev.ss.drill.fault;

import dev.ss.drill.check.Report;
import dev.ss.drill.place.SsProcess;
import dev.ss.drill.place.Storage;
import dev.ss.drill.place.Waiting;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.sqlite.SQLiteErrorCode;

/** A worker freezes while it holds SQLite's one lock: everybody waits for it. */
public final class LockDrill implements Drill {
  private static final Duration CATCH_LIMIT = Duration.ofSeconds(30);

  /** Longer than anybody waits for the lock. */
  private static final Duration FROZEN = Duration.ofSeconds(14);

  @Override
  public String name() {
    return "lock";
  }

  @Override
  public String fault() {
    return "on SQLite, the worker frozen for 14 s with the lock in its hand";
  }

  @Override
  public Report run(Plan plan) {
    try (Stage stage = Stage.onSqlite(plan, this).start(1, 1)) {
      stage.clients().begin();
      Waiting.pause(plan.load(8));
      SsProcess worker = stage.process(Stage.worker(1));
      if (Waiting.within(CATCH_LIMIT, () -> freezesWithTheLock(stage.storage(), worker))) {
        stage.databaseFault();
        Waiting.pause(FROZEN);
        worker.thaw();
      } else {
        stage.find("the worker was not caught with the lock; try again");
      }
      Waiting.pause(plan.load(8));
      return stage.finish();
    }
  }

  private static boolean freezesWithTheLock(Storage storage, SsProcess worker) {
    worker.freeze();
    if (isLockedForLong(storage)) {
      return true;
    }
    worker.thaw();
    return false;
  }

  /** The API holds the lock too, but lets go of it. */
  private static boolean isLockedForLong(Storage storage) {
    try (Connection connection =
            DriverManager.getConnection(storage.url("drill") + "?busy_timeout=1000");
        Statement statement = connection.createStatement()) {
      statement.execute("begin immediate");
      statement.execute("rollback");
      return false;
    } catch (SQLException e) {
      if (e.getErrorCode() != SQLiteErrorCode.SQLITE_BUSY.code) {
        throw new IllegalStateException(e);
      }
      return true;
    }
  }
}
