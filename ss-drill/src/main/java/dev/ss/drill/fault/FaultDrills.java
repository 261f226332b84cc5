package dev.ss.drill.fault;

import dev.ss.drill.check.Report;
import dev.ss.drill.machine.CannotRun;
import dev.ss.drill.machine.Machine;
import dev.ss.testkit.play.Play;
import dev.ss.testkit.postgres.PostgresServer;
import dev.ss.testkit.process.Ports;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Runs drills one after another and prints their results; see {@code bin/drill}. */
public final class FaultDrills {
  private FaultDrills() {}

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
   * Runs the drills in the project's directory.
   *
   * @param arguments the directory to write to, optionally {@code --list}, {@code --quick}, {@code
   *     --seed} with a number, and the names of drills
   */
  public static void main(String[] arguments) {
    List<String> words = new ArrayList<>(List.of(arguments));
    String directory = words.remove(0);
    if (words.contains("--list")) {
      all().forEach(drill -> System.out.printf("%-20s %s%n", drill.name(), drill.fault()));
      return;
    }
    int status;
    try {
      boolean quick = words.remove("--quick");
      long seed = seed(words);
      List<Drill> drills = chosen(words);
      Machine.require();
      status = run(drills, Machine.create(directory), quick, seed) ? 0 : 1;
    } catch (CannotRun e) {
      System.err.println("bin/drill faults: " + e.getMessage());
      status = 2;
    }
    System.exit(status); // also runs the shutdown hooks
  }

  private static long seed(List<String> words) {
    int option = words.indexOf("--seed");
    if (option < 0) {
      return new Random().nextInt(Integer.MAX_VALUE);
    }
    words.remove(option);
    if (option == words.size() || !words.get(option).matches("\\d{1,18}")) {
      throw new CannotRun("--seed needs a number");
    }
    return Long.parseLong(words.remove(option));
  }

  private static List<Drill> chosen(List<String> names) {
    List<Drill> all = all();
    for (String name : names) {
      if (all.stream().noneMatch(drill -> drill.name().equals(name))) {
        throw new CannotRun("there is no drill " + name + "; see --list");
      }
    }
    return all.stream().filter(drill -> names.isEmpty() || names.contains(drill.name())).toList();
  }

  private static boolean run(List<Drill> drills, Path directory, boolean quick, long seed) {
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    FaultTable table = new FaultTable();
    // Free ports must not depend on the seed.
    Ports ports = new Ports();
    try (PostgresServer postgres =
        PostgresServer.startIn(directory, ports.free(), Play.POSTGRES_SETTING)) {
      Plan plan =
          new Plan(quick, directory, Path.of(""), postgres, http, ports, seed, new Random(seed));
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
      return Report.aborted(drill.name(), drill.fault(), "aborted: " + e.getMessage());
    }
  }
}
