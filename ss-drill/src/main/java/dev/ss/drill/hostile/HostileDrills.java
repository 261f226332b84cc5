package dev.ss.drill.hostile;

import dev.ss.drill.hostile.HonestClients.Kind;
import dev.ss.drill.machine.CannotRun;
import dev.ss.drill.machine.Machine;
import dev.ss.testkit.process.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Runs attacks one after another and prints how honest clients fared; see {@code bin/drill}. */
public final class HostileDrills {
  private static final int CLIENTS = 2_000;
  private static final int CLIENTS_QUICK = 300;
  private static final Duration ATTACK = Duration.ofSeconds(40);
  private static final Duration ATTACK_QUICK = Duration.ofSeconds(10);
  private static final Duration AFTERWARDS = Duration.ofSeconds(3);
  private static final double GOOD_SECONDS = 1;

  /** By how much the heap may be larger than before the attacks. */
  private static final double SPARE_MEGABYTES = 30;

  private HostileDrills() {}

  /**
   * Runs the attacks in the project's directory.
   *
   * @param arguments the directory to write to, optionally {@code --list} and {@code --quick}, and
   *     the names of attacks
   */
  public static void main(String[] arguments) {
    List<String> words = new ArrayList<>(List.of(arguments));
    String directory = words.remove(0);
    if (words.contains("--list")) {
      Attacks.all().forEach(each -> System.out.printf("%-15s %s%n", each.name(), each.what()));
      return;
    }
    int status;
    try {
      boolean quick = words.remove("--quick");
      List<Attack> attacks = chosen(words);
      Machine.require();
      status = run(attacks, Machine.create(directory), quick) ? 0 : 1;
    } catch (CannotRun e) {
      System.err.println("bin/drill hostile: " + e.getMessage());
      status = 2;
    }
    System.exit(status); // also runs the shutdown hooks
  }

  private static List<Attack> chosen(List<String> names) {
    List<Attack> all = Attacks.all();
    for (String name : names) {
      if (all.stream().noneMatch(attack -> attack.name().equals(name))) {
        throw new CannotRun("there is no attack " + name + "; see --list");
      }
    }
    return all.stream().filter(attack -> names.isEmpty() || names.contains(attack.name())).toList();
  }

  private static boolean run(List<Attack> attacks, Path directory, boolean quick) {
    List<HostileReport> reports = new ArrayList<>();
    try (Site site = Site.start(directory)) {
      Target target = site.target(quick ? CLIENTS_QUICK : CLIENTS);
      HonestClients clients =
          new HonestClients(site.api().uri("/"), "quick", target.jobId()).begin();
      double before;
      try (clients) {
        Waiting.pause(AFTERWARDS);
        before = site.heap();
        for (Attack attack : attacks) {
          HostileReport report = run(attack, site, target, clients, quick, before);
          // Prints each result at once, because a whole run takes minutes.
          System.err.println("  " + String.join(" | ", report.cells()));
          reports.add(report);
        }
      }
      long lost = site.lost(clients.accepted());
      print(reports, clients.accepted().size(), lost);
      return lost == 0 && reports.stream().allMatch(HostileReport::isGood);
    }
  }

  private static HostileReport run(
      Attack attack,
      Site site,
      Target target,
      HonestClients clients,
      boolean quick,
      double heapBefore) {
    System.err.printf("%s: %s%n", attack.name(), attack.what());
    List<String> findings = new ArrayList<>();
    clients.takeTimes();
    try {
      AutoCloseable running = attack.start().on(target);
      Waiting.pause(quick ? ATTACK_QUICK : ATTACK);
      running.close();
    } catch (Exception e) {
      e.printStackTrace(System.err);
      findings.add("aborted: " + e.getMessage());
    }
    Map<Kind, Times> times = clients.takeTimes();
    times.forEach(
        (kind, each) -> {
          if (each.p99() > GOOD_SECONDS) {
            findings.add(kind.name().toLowerCase(Locale.ROOT) + " takes too long");
          }
        });
    Waiting.pause(AFTERWARDS);
    if (!site.api().isAlive()) {
      throw new CannotRun("the API has ended during the attack " + attack.name());
    }
    double heap = site.heap();
    if (heap > heapBefore + SPARE_MEGABYTES) {
      findings.add("memory does not come back");
    }
    return new HostileReport(attack, target.clients(), times, heap, findings);
  }

  private static void print(List<HostileReport> reports, int accepted, long lost) {
    line(HostileReport.COLUMNS);
    line(Collections.nCopies(HostileReport.COLUMNS.size(), "---"));
    reports.forEach(report -> line(report.cells()));
    System.out.printf(
        "%n%d jobs were acknowledged meanwhile, of which %d did not run.%n", accepted, lost);
    System.out.flush();
  }

  private static void line(List<String> cells) {
    System.out.println("| " + String.join(" | ", cells) + " |");
  }
}
