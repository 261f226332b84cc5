package dev.ss.drill;

import dev.ss.drill.check.Report;
import dev.ss.drill.fault.ApiDrill;
import dev.ss.drill.fault.ClockDrill;
import dev.ss.drill.fault.CutDrill;
import dev.ss.drill.fault.DiskDrill;
import dev.ss.drill.fault.Drill;
import dev.ss.drill.fault.FreezeDrill;
import dev.ss.drill.fault.KillDrill;
import dev.ss.drill.fault.LockDrill;
import dev.ss.drill.fault.Plan;
import dev.ss.drill.fault.PostgresDrill;
import dev.ss.drill.fault.RollingDrill;
import dev.ss.drill.fault.SqliteDrill;
import dev.ss.drill.fault.StartDrill;
import dev.ss.drill.place.Ports;
import dev.ss.drill.place.PostgresServer;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Runs drills one after the other and prints what came of them; see {@code drills/run}. */
public final class Drills {
  private Drills() {}

  private static List<Drill> all() {
    return List.of(
        new KillDrill(),
        new FreezeDrill(),
        new RollingDrill(),
        new ApiDrill(),
        new PostgresDrill(),
        new CutDrill(),
        new ClockDrill(Clock.systemUTC()),
        new DiskDrill(),
        StartDrill.onPostgres(),
        StartDrill.onSqlite(),
        new SqliteDrill(),
        new LockDrill());
  }

  /** {@code --list}, or a directory to write in, that of the jars, {@code --quick}, names. */
  public static void main(String[] arguments) {
    List<String> words = new ArrayList<>(List.of(arguments));
    if (words.contains("--list")) {
      all().forEach(drill -> System.out.printf("%-13s %s%n", drill.name(), drill.fault()));
      return;
    }
    Path directory = Path.of(words.remove(0)).toAbsolutePath();
    Path jars = Path.of(words.remove(0));
    boolean quick = words.remove("--quick");
    boolean good = run(chosen(words), directory, jars, quick);
    System.exit(good ? 0 : 1);
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

  private static boolean run(List<Drill> drills, Path directory, Path jars, boolean quick) {
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    ResultTable table = new ResultTable();
    Random random = new Random();
    Ports ports = new Ports(random);
    try (PostgresServer postgres = PostgresServer.startIn(directory, ports.free())) {
      Plan plan = new Plan(quick, directory, jars, postgres, http, ports, random);
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
