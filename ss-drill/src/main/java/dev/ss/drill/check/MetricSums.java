package dev.ss.drill.check;

import dev.ss.drill.load.Accepted;
import dev.ss.drill.load.Clients;
import dev.ss.testkit.ledger.Execution;
import dev.ss.testkit.system.SsProcess;
import dev.ss.testkit.system.TimedScrape;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * The sums of the metrics of all processes. A killed process loses what it counted after its last
 * scrape; the ledger and the clients bound how much that can be.
 */
final class MetricSums {
  private final Collection<SsProcess> lives;
  private final List<Accepted> accepted;
  private final List<Execution> executions;
  private final int slots;

  /** Sums over these processes, whose workers have this many slots each. */
  MetricSums(
      Collection<SsProcess> lives, List<Accepted> accepted, List<Execution> executions, int slots) {
    this.lives = lives;
    this.accepted = accepted;
    this.executions = executions;
    this.slots = slots;
  }

  /** Steps of this kind that were counted and scraped. */
  double events(String event) {
    return sum("ss_jobs_total", "event=\"" + event + "\"");
  }

  /** Attempts with this outcome that were counted and scraped. */
  double runs(String outcome) {
    return sum("ss_job_runs_total", "outcome=\"" + outcome + "\"");
  }

  private double sum(String name, String label) {
    return lives.stream()
        .flatMap(each -> each.lastScrape().stream())
        .mapToDouble(scrape -> scrape.sum(name, label))
        .sum();
  }

  /** How many workers were killed. */
  long killedWorkers() {
    return killedWorkersThemselves().count();
  }

  private Stream<SsProcess> killedWorkersThemselves() {
    return lives.stream().filter(each -> each.kind() == SsProcess.Kind.WORKER && each.wasKilled());
  }

  /** Maximum number of submissions that killed APIs can have counted after their last scrape. */
  double unseenSubmissions() {
    return lives.stream()
        .filter(each -> each.kind() == SsProcess.Kind.API && each.wasKilled())
        .mapToDouble(this::unseenSubmissions)
        .sum();
  }

  /**
   * The submissions it answered after its last scrape, and those that it could have been answering.
   */
  private double unseenSubmissions(SsProcess api) {
    double since = seenUntil(api);
    long answered =
        accepted.stream()
            .filter(each -> each.api().equals(api.name()))
            .filter(each -> each.at() >= since && each.at() <= api.endedAt().orElseThrow())
            .count();
    return answered + (double) Clients.COUNT * Clients.BATCH;
  }

  /**
   * Maximum number of ends of attempts that killed workers can have counted after their last
   * scrape.
   */
  double unseenEnds() {
    return killedWorkersThemselves().mapToDouble(this::unseenEnds).sum();
  }

  /**
   * The commands that ended after its last scrape, and those whose ends were not stored by then.
   */
  private double unseenEnds(SsProcess worker) {
    double since = seenUntil(worker);
    long ended =
        executions.stream()
            .filter(each -> each.worker() == worker.pid())
            .filter(each -> each.end().orElse(0) >= since)
            .count();
    return ended + slots;
  }

  private static double seenUntil(SsProcess process) {
    return process.lastScrape().map(TimedScrape::at).orElse(0.0);
  }
}
