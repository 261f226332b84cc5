package dev.ss.drill.fault;

import dev.ss.drill.check.Report;
import dev.ss.testkit.process.Waiting;
import dev.ss.testkit.system.SsProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Freezes a worker while it holds SQLite's only write lock, so that all others wait for it. */
final class LockDrill implements Drill {
  private static final Duration CATCH_LIMIT = Duration.ofSeconds(30);

  private static final Path LOCKS = Path.of("/proc/locks");
  private static final String WRITE_LOCK_BYTE = "120";

  /** Longer than anything waits for the lock. */
  private static final Duration FROZEN = Duration.ofSeconds(14);

  @Override
  public String name() {
    return "lock";
  }

  @Override
  public String fault() {
    return "on SQLite, the worker frozen for 14 s while it holds the write lock";
  }

  @Override
  public Report run(Plan plan) {
    try (Stage stage = Stage.onSqlite(plan, this).start(1, 1)) {
      stage.clients().heedless().begin();
      Waiting.pause(plan.load(8));
      SsProcess worker = stage.process(Stage.worker(1));
      if (Waiting.within(CATCH_LIMIT, () -> freezesWithTheLock(worker))) {
        int before = stage.clients().unanswered();
        stage.databaseFault();
        Waiting.pause(FROZEN);
        if (stage.clients().unanswered() == before) {
          stage.find("submissions were taken while the lock was held");
        }
        worker.thaw();
      } else {
        stage.find("the worker was never frozen while it held the lock; run the drill again");
      }
      Waiting.pause(plan.load(8));
      return stage.finish();
    }
  }

  private static boolean freezesWithTheLock(SsProcess worker) {
    worker.freeze();
    if (holdsTheLock(worker.pid())) {
      return true;
    }
    worker.thaw();
    return false;
  }

  /** See proc(5) for the columns, and SQLite's "WAL-mode File Format" for the byte. */
  private static boolean holdsTheLock(long pid) {
    try {
      return Files.readAllLines(LOCKS).stream()
          .map(line -> line.strip().split(" +", -1))
          .anyMatch(
              fields ->
                  fields[3].equals("WRITE")
                      && fields[4].equals(Long.toString(pid))
                      && fields[6].equals(WRITE_LOCK_BYTE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
