package dev.ss.drill.fault;

import dev.ss.drill.check.Report;
import dev.ss.testkit.play.Play;
import dev.ss.testkit.system.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Runs random clients and random faults, and compares the results with a model of SS. */
final class ModelDrill implements Drill {
  private static final Duration LENGTH = Duration.ofMinutes(10);
  private static final Duration QUICK = Duration.ofMinutes(1);

  private final boolean onSqlite;

  private ModelDrill(boolean onSqlite) {
    this.onSqlite = onSqlite;
  }

  /** Returns the drill with two APIs and three workers. */
  static ModelDrill onPostgres() {
    return new ModelDrill(false);
  }

  /** Returns the drill with one API and two workers. */
  static ModelDrill onSqlite() {
    return new ModelDrill(true);
  }

  @Override
  public String name() {
    return onSqlite ? "model-sqlite" : "model";
  }

  @Override
  public String fault() {
    return onSqlite
        ? "on SQLite, random clients and random faults: processes killed, stopped and frozen"
        : "random clients and random faults: processes killed, stopped and frozen (also a lone"
            + " worker), connections ended, PostgreSQL stopped immediately";
  }

  @Override
  public Report run(Plan plan) {
    System.err.printf("  --seed %d%n", plan.seed());
    Play.Setting setting =
        new Play.Setting(
            plan.seed(),
            plan.quick() ? QUICK : LENGTH,
            onSqlite ? 1 : 2,
            onSqlite ? 2 : 3,
            plan.jars(),
            newDirectory(plan, name()),
            storage(plan),
            plan.ports(),
            plan.http(),
            line -> System.err.println("  " + line));
    try (Play play = new Play(setting)) {
      return report(play.run());
    }
  }

  private Storage storage(Plan plan) {
    if (onSqlite) {
      return new Storage.Sqlite(newDirectory(plan, "model-file").resolve("ss.db"));
    }
    plan.postgres().create("drill_model");
    return new Storage.Postgres(plan.postgres(), "drill_model");
  }

  private static Path newDirectory(Plan plan, String name) {
    try {
      return Files.createTempDirectory(plan.directory(), name + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Report report(Play.Summary result) {
    return new Report(
        name(),
        fault() + "; --seed " + result.seed(),
        result.answers().toString(),
        result.accepted(),
        result.finished(),
        result.executions(),
        result.starts() - result.executions(),
        "",
        result.findings());
  }
}
