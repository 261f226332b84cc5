package dev.ss.drill.fault;

import dev.ss.drill.check.Report;
import java.time.Duration;

/** Starts many processes at once on a database without tables. All must come up. */
final class StartDrill implements Drill {
  private static final int JOBS = 100;
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final boolean sqlite;
  private final int each;

  private StartDrill(boolean sqlite, int each) {
    this.sqlite = sqlite;
    this.each = each;
  }

  /** Returns the drill with twenty processes on PostgreSQL. */
  static Drill onPostgres() {
    return new StartDrill(false, 10);
  }

  /** Returns the drill with ten processes on a SQLite file. */
  static Drill onSqlite() {
    return new StartDrill(true, 5);
  }

  @Override
  public String name() {
    return sqlite ? "start-sqlite" : "start";
  }

  @Override
  public String fault() {
    return "%d APIs and %d workers started at once on an empty %s"
        .formatted(each, each, sqlite ? "SQLite file" : "PostgreSQL database");
  }

  @Override
  public Report run(Plan plan) {
    try (Stage stage =
        sqlite ? Stage.onSqlite(plan, this) : Stage.onPostgresPatiently(plan, this)) {
      stage.start(each, each).clients().begin(JOBS);
      if (!stage.clients().awaitAll(LIMIT)) {
        stage.find("not all jobs are accepted");
      }
      return stage.finish();
    }
  }
}
