package dev.ss.drill;

import dev.ss.drill.check.Report;
import dev.ss.drill.fault.ApiDrill;
import dev.ss.drill.fault.ClockDrill;
import dev.ss.drill.fault.CutDrill;
import dev.ss.drill.fault.DiskDrill;
import dev.ss.drill.fault.Drill;
import dev.ss.drill.fault.FreezeDrill;
import dev.ss.drill.fault.FrozenAloneDrill;
import dev.ss.drill.fault.KillDrill;
import dev.ss.drill.fault.LockDrill;
import dev.ss.drill.fault.ModelDrill;
import dev.ss.drill.fault.OptionsDrill;
import dev.ss.drill.fault.OutageDrill;
import dev.ss.drill.fault.PgBouncerDrill;
import dev.ss.drill.fault.Plan;
import dev.ss.drill.fault.PostgresDrill;
import dev.ss.drill.fault.RetryFrozenDrill;
import dev.ss.drill.fault.RollingDrill;
import dev.ss.drill.fault.SqliteDrill;
import dev.ss.drill.fault.StartDrill;
import dev.ss.testkit.postgres.PostgresServer;
import dev.ss.testkit.process.Ports;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Runs drills one after another and prints their results; see {@code drills/run}. */
public final class Drills {
  private Drills() {}

  private static List<Drill> all() {
    return List.of(
        new KillDrill(),
        new FreezeDrill(),
        FrozenAloneDrill.onPostgres(),
        FrozenAloneDrill.onSqlite(),
        new RetryFrozenDrill(),
        new RollingDrill(),
        new ApiDrill(),
        new PostgresDrill(),
        new OutageDrill(),
        new OptionsDrill(),
        new PgBouncerDrill(),
        new CutDrill(),
        new ClockDrill(Clock.systemUTC()),
        new DiskDrill(),
        StartDrill.onPostgres(),
        StartDrill.onSqlite(),
        new SqliteDrill(),
        new LockDrill(),
        ModelDrill.onPostgres(),
        ModelDrill.onSqlite());
  }

  /**
   * Runs the drills.
   *
   * @param arguments either {@code --list}, or the directory to write to, the directory of the
   *     jars, optionally {@code --quick} and {@code --seed} with a number, and the names of drills
   */
  public static void main(String[] arguments) {
    List<String> words = new ArrayList<>(List.of(arguments));
    if (words.contains("--list")) {
      all().forEach(drill -> System.out.printf("%-20s %s%n", drill.name(), drill.fault()));
      return;
    }
    Path directory = Path.of(words.remove(0)).toAbsolutePath();
    Path jars = Path.of(words.remove(0));
    boolean quick = words.remove("--quick");
    long seed = seed(words);
    boolean good = run(chosen(words), directory, jars, quick, seed);
    System.exit(good ? 0 : 1);
  }

  private static long seed(List<String> words) {
    int option = words.indexOf("--seed");
    if (option < 0) {
      return new Random().nextInt(Integer.MAX_VALUE);
    }
    words.remove(option);
    return Long.parseLong(words.remove(option));
  }

  private static List<Drill> chosen(List<String> names) {
    List<Drill> all = all();
    for (String name : names) {
      if (all.stream().noneMatch(drill -> drill.name().equals(name))) {
        throw new IllegalArgumentException("there is no drill " + name + "; see --list");
      }
    }
    return all.stream().filter(drill -> names.isEmpty() || names.contains(drill.name())).toList();
  }

  private static boolean run(
      List<Drill> drills, Path directory, Path jars, boolean quick, long seed) {
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    ResultTable table = new ResultTable();
    // Free ports must not depend on the seed.
    Ports ports = new Ports();
    try (PostgresServer postgres = PostgresServer.startIn(directory, ports.free())) {
      Plan plan = new Plan(quick, directory, jars, postgres, http, ports, seed, new Random(seed));
      drills.forEach(drill -> table.add(run(drill, plan)));
    }
    table.print(System.out);
    return table.isGood();
  }

  private static Report run(Drill drill, Plan plan) {
    System.err.printf("%s: %s%n", drill.name(), drill.fault());
    try {
      return drill.run(plan);
    } catch (RuntimeException e) {
      e.printStackTrace(System.err);
      return Report.brokenOff(drill.name(), drill.fault(), "broken off: " + e.getMessage());
    }
  }
}
