package dev.ss.drill.fault;

import dev.ss.drill.check.CommandWatch;
import dev.ss.drill.check.Report;
import java.util.List;
import java.util.Locale;

/** Repeatedly freezes the only worker, for less than a lease or for longer, and thaws it. */
final class FrozenAloneDrill implements Drill {
  /** A lease of 1.6 s, because the drill waits for many leases. */
  private static final WorkerSettings WORKER = new WorkerSettings(4, 0.4);

  private static final List<Double> LEASES = List.of(0.9, 1.3, 3.0);

  private final boolean sqlite;

  private FrozenAloneDrill(boolean sqlite) {
    this.sqlite = sqlite;
  }

  /** Returns the drill on PostgreSQL. */
  static Drill onPostgres() {
    return new FrozenAloneDrill(false);
  }

  /** Returns the drill on a SQLite file. */
  static Drill onSqlite() {
    return new FrozenAloneDrill(true);
  }

  @Override
  public String name() {
    return sqlite ? "frozen-alone-sqlite" : "frozen-alone";
  }

  @Override
  public String fault() {
    return "%sthe only worker frozen with SIGSTOP for 0.9, 1.3 and 3 leases, repeatedly"
        .formatted(sqlite ? "on SQLite, " : "");
  }

  @Override
  public Report run(Plan plan) {
    int rounds = plan.quick() ? 2 : 20;
    Tally tally = new Tally();
    try (CommandWatch watch = CommandWatch.start();
        Stage stage =
            sqlite ? Stage.onSqlite(plan, this, WORKER) : Stage.onPostgres(plan, this, WORKER)) {
      stage.start(1, 1);
      for (double leases : LEASES) {
        FrozenRound round = new FrozenRound(stage, watch, tally, leases);
        for (int i = 0; i < rounds; i++) {
          round.run(i % 2 == 1);
        }
      }
      tally.findings().forEach(stage::find);
      return stage.finishJobs(
          String.format(
              Locale.ROOT,
              "%d rounds each, a lease of %.1f s",
              rounds,
              stage.lease().toMillis() / 1000.0));
    }
  }
}
