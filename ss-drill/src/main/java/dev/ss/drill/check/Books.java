package dev.ss.drill.check;

import dev.ss.drill.load.Accepted;
import dev.ss.drill.load.Clients;
import dev.ss.testkit.ledger.Execution;
import dev.ss.testkit.place.Scrape;
import dev.ss.testkit.place.SsProcess;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the metrics of all processes say together. A process that was killed took with it what it
 * had counted since its last scrape; how much that can have been is known from outside.
 */
final class Books {
  private final Collection<SsProcess> lives;
  private final List<Accepted> accepted;
  private final List<Execution> executions;
  private final int slots;

  /** The books of these lives of processes, workers with so many slots each among them. */
  Books(
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

  /** Attempts that were counted, and scraped, as having ended so. */
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

  /** Most submissions that killed APIs can have counted without its being seen. */
  double unseenSubmissions() {
    return lives.stream()
        .filter(each -> each.kind() == SsProcess.Kind.API && each.wasKilled())
        .mapToDouble(this::unseenSubmissions)
        .sum();
  }

  /** What it answered after its last scrape, and what it was about to answer. */
  private double unseenSubmissions(SsProcess api) {
    double since = seenUntil(api);
    long answered =
        accepted.stream()
            .filter(each -> each.api().equals(api.name()))
            .filter(each -> each.at() >= since && each.at() <= api.endedAt().orElseThrow())
            .count();
    return answered + (double) Clients.COUNT * Clients.BATCH;
  }

  /** Most ends of attempts that killed workers can have counted without its being seen. */
  double unseenEnds() {
    return killedWorkersThemselves().mapToDouble(this::unseenEnds).sum();
  }

  /** What its commands ended after its last scrape, and what had not been written down by then. */
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
    return process.lastScrape().map(Scrape::at).orElse(0.0);
  }
}
