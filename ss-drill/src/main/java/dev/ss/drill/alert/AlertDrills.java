package dev.ss.drill.alert;

import dev.ss.drill.machine.CannotRun;
import dev.ss.drill.machine.FakeTime;
import dev.ss.drill.machine.Machine;
import dev.ss.testkit.postgres.PostgresServer;
import dev.ss.testkit.process.Ports;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Makes alerts fire and prints the results; see {@code bin/drill}. */
public final class AlertDrills {
  /** One hour takes 3 minutes, and the scrape interval is one second. */
  private static final TimeScale SCALE = new TimeScale(20, 5);

  /** A drill mostly waits, but more drills than this at once slow each other down on two cores. */
  private static final int AT_ONCE = 3;

  private AlertDrills() {}

  /**
   * Runs the drills in the project's directory.
   *
   * @param arguments the directory to write to, optionally {@code --list}, and the names of drills
   */
  public static void main(String[] arguments) throws Exception {
    List<String> words = new ArrayList<>(List.of(arguments));
    String directory = words.remove(0);
    if (words.contains("--list")) {
      System.out.printf("%-13s %s%n", HealthyHour.NAME, HealthyHour.DONE);
      Faults.all().forEach(fault -> System.out.printf("%-13s %s%n", fault.name(), fault.done()));
      return;
    }
    int status;
    try {
      check(words);
      Machine.require();
      Machine.requirePrograms("prometheus", "prometheus-alertmanager");
      if (FakeTime.installed().isEmpty()) {
        System.err.println("without the drill clock: " + FakeTime.MISSING);
      }
      List<AlertReport> reports =
          run(words, Machine.create(directory), Path.of("").toAbsolutePath());
      AlertTable.print(reports, System.out);
      status = reports.stream().allMatch(AlertReport::isGood) ? 0 : 1;
    } catch (CannotRun e) {
      System.err.println("bin/drill alerts: " + e.getMessage());
      status = 2;
    }
    System.exit(status); // also runs the shutdown hooks
  }

  private static void check(List<String> names) {
    for (String name : names) {
      if (!name.equals(HealthyHour.NAME)
          && Faults.all().stream().noneMatch(fault -> fault.name().equals(name))) {
        throw new CannotRun("there is no drill " + name + "; see --list");
      }
    }
  }

  private static HttpClient http() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(2))
        .build();
  }

  /**
   * Unpacks servers before anything else runs, because a program file that is open for writing
   * cannot be executed.
   */
  private static List<AlertReport> run(List<String> names, Path directory, Path root)
      throws IOException, InterruptedException, ExecutionException {
    Ports ports = new Ports();
    Path own = Files.createDirectories(directory.resolve("stoppable"));
    boolean stops = names.isEmpty() || names.contains(Fault.STOPS_THE_DATABASE);
    try (PostgresServer postgres = PostgresServer.startIn(directory, ports.free());
        PostgresServer stoppable = stops ? PostgresServer.startIn(own, ports.free()) : postgres) {
      return run(names, new Place(directory, root, ports, http(), SCALE, postgres, stoppable));
    }
  }

  /** Runs the healthy hour alone, then the others. */
  private static List<AlertReport> run(List<String> names, Place place)
      throws InterruptedException, ExecutionException {
    List<AlertReport> reports = new ArrayList<>();
    if (names.isEmpty() || names.contains(HealthyHour.NAME)) {
      reports.add(run(HealthyHour.NAME, HealthyHour.DONE, () -> HealthyHour.run(place)));
    }
    Stream<Fault> chosen =
        Faults.all().stream().filter(each -> names.isEmpty() || names.contains(each.name()));
    ExecutorService lanes = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<AlertReport>> running =
          chosen.map(fault -> lanes.submit(() -> run(fault, place))).toList();
      for (Future<AlertReport> each : running) {
        reports.add(each.get());
      }
    } finally {
      lanes.shutdownNow();
    }
    return reports;
  }

  private static AlertReport run(Fault fault, Place place) {
    return run(fault.name(), fault.done(), () -> new AlertDrill(fault).run(place));
  }

  private static AlertReport run(String name, String done, Callable<AlertReport> drill) {
    System.err.printf("%s: %s%n", name, done);
    AlertReport report;
    try {
      report = drill.call();
    } catch (Exception e) {
      e.printStackTrace(System.err);
      report = AlertReport.aborted(name, done, e);
    }
    // Prints each result at once, because a whole run takes minutes.
    AlertTable.lines(report).forEach(cells -> System.err.println("  " + String.join(" | ", cells)));
    return report;
  }
}
