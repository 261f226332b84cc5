package dev.ss.drill.check;

import dev.ss.drill.load.Accepted;
import dev.ss.drill.load.Clients;
import dev.ss.testkit.ledger.Execution;
import dev.ss.testkit.ledger.Outputs;
import dev.ss.testkit.process.Orphans;
import dev.ss.testkit.system.SsProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares the clients' answers, the jobs table, the stored outputs, the ledger and the metrics
 * after all jobs have ended.
 */
public final class Audit {
  private static final int MAX_FINDINGS = 6;

  private final Clients clients;
  private final Map<String, JobTable.Row> table;
  private final List<Execution> executions;
  private final List<Accepted> accepted;
  private final MetricSums sums;
  private final int slotsOfAll;
  private final int databaseFaults;
  private final List<String> findings = new ArrayList<>();

  /**
   * Prepares an audit of a drill that has ended.
   *
   * @param lives all processes there were, each scraped as late as possible
   * @param slots the slots of each worker
   * @param slotsOfAll the slots of all workers that run at once
   * @param databaseFaults how many faults may have hidden the result of a commit from its process
   */
  public Audit(
      Clients clients,
      Map<String, JobTable.Row> table,
      List<Execution> executions,
      Collection<SsProcess> lives,
      int slots,
      int slotsOfAll,
      int databaseFaults) {
    this.clients = clients;
    this.table = table;
    this.executions = executions;
    this.accepted = clients.accepted();
    this.sums = new MetricSums(lives, accepted, executions, slots);
    this.slotsOfAll = slotsOfAll;
    this.databaseFaults = databaseFaults;
  }

  /** Checks everything. */
  public Report report(
      String drill, String fault, HttpClient http, URI api, Recovery recovery, List<String> more) {
    findings.addAll(more);
    findings.addAll(clients.surprises());
    checkAccepted();
    checkFinal();
    checkLedger();
    checkOutputs(new Outputs(http, api).fetch(table.keySet()));
    checkMetrics();
    checkOrphans();
    String recovered = recovery.expected() ? checkRecovery(recovery) : "";
    return new Report(
        drill,
        fault,
        clients.seen(),
        accepted.size(),
        (int) table.values().stream().filter(row -> isFinal(row.state())).count(),
        executions.size(),
        endedEarly(),
        recovered,
        shortened());
  }

  private static boolean isFinal(String state) {
    return !state.equals("queued") && !state.equals("running");
  }

  private void checkAccepted() {
    Map<String, Set<String>> jobsOfKey =
        accepted.stream()
            .collect(
                Collectors.groupingBy(
                    Accepted::key, Collectors.mapping(Accepted::jobId, Collectors.toSet())));
    find(jobsOfKey.values().stream().filter(jobs -> jobs.size() > 1).count(), "keys of two jobs");
    find(
        accepted.stream().filter(each -> !isStored(each)).count(),
        "accepted jobs that are not in the table");
    find(table.size() - (long) jobsOfKey.size(), "jobs in the table that no client knows of");
  }

  private boolean isStored(Accepted submission) {
    JobTable.Row row = table.get(submission.jobId());
    return row != null && submission.key().equals(row.key());
  }

  private void checkFinal() {
    Map<String, Long> others =
        table.values().stream()
            .map(JobTable.Row::state)
            .filter(state -> !state.equals("succeeded"))
            .collect(Collectors.groupingBy(state -> state, Collectors.counting()));
    others.forEach((state, count) -> find(count, "jobs that are " + state));
  }

  private void checkLedger() {
    Map<String, Long> ofJob =
        executions.stream().collect(Collectors.groupingBy(Execution::jobId, Collectors.counting()));
    find(
        ofJob.keySet().stream().filter(job -> !table.containsKey(job)).count(),
        "jobs in the ledger that are not in the table");
    find(
        table.entrySet().stream()
            .filter(job -> ofJob.getOrDefault(job.getKey(), 0L) > job.getValue().runs())
            .count(),
        "jobs that were executed more often than they were started");
    find(
        Math.max(0, executions.size() - table.size() - endedEarly()),
        "executions beyond those that were ended early");
  }

  /** Starts beyond the one that ended each job. */
  private int endedEarly() {
    return table.values().stream().mapToInt(JobTable.Row::runs).sum() - table.size();
  }

  private void checkOutputs(Map<String, Outputs.Output> outputs) {
    Map<String, Execution> byText =
        executions.stream()
            .collect(
                Collectors.toMap(each -> each.nonce() + "\n", each -> each, (one, two) -> one));
    Set<String> used = new HashSet<>();
    int wrong = 0;
    for (Map.Entry<String, Outputs.Output> each : outputs.entrySet()) {
      Outputs.Output output = each.getValue();
      Execution execution = byText.get(output.text());
      if (execution == null
          || !execution.jobId().equals(each.getKey())
          || execution.attempt() != output.attempt()
          || execution.end().isEmpty()
          || !used.add(execution.nonce())) {
        wrong++;
      }
    }
    find(wrong, "outputs that are not those of one finished execution");
  }

  private void checkMetrics() {
    double unseenSubmissions =
        sums.unseenSubmissions() + (databaseFaults > 0 ? clients.unanswered() : 0);
    double unseenEnds = sums.unseenEnds() + (double) databaseFaults * slotsOfAll;
    compare("ss_jobs_total{created}", sums.events("created"), table.size(), unseenSubmissions);
    compare("ss_jobs_total{succeeded}", sums.events("succeeded"), table.size(), unseenEnds);
    double early =
        sums.runs("lost") + sums.runs("interrupted") + sums.runs("failed") + sums.runs("timed_out");
    double unseenEarly = (double) (sums.killedWorkers() + databaseFaults) * slotsOfAll;
    compare("ss_job_runs_total{lost, interrupted, failed}", early, endedEarly(), unseenEarly);
  }

  private void compare(String metric, double counted, int truth, double unseen) {
    if (counted > truth || counted < truth - unseen) {
      findings.add(
          String.format(
              Locale.ROOT,
              "%s is %.0f, the table says %d, at most %.0f of them unseen",
              metric,
              counted,
              truth,
              unseen));
    }
  }

  private void checkOrphans() {
    find(Orphans.of(table.keySet()), "processes left by finished jobs");
  }

  private String checkRecovery(Recovery recovery) {
    DoubleSummaryStatistics times = recovery.times(executions, accepted);
    double latest = recovery.bound().latest();
    if (times.getCount() == 0) {
      return String.format(Locale.ROOT, "no long job was hit (bound %.1f s)", latest);
    }
    if (!recovery.bound().holds(times.getMax())) {
      findings.add("a job ran again later than the bound");
    }
    return String.format(
        Locale.ROOT,
        "%d jobs: %.1f–%.1f s (bound %.1f s)",
        times.getCount(),
        times.getMin(),
        times.getMax(),
        latest);
  }

  private void find(long count, String what) {
    if (count != 0) {
      findings.add(count + " " + what);
    }
  }

  private List<String> shortened() {
    return findings.size() <= MAX_FINDINGS
        ? List.copyOf(findings)
        : List.copyOf(findings.subList(0, MAX_FINDINGS));
  }
}
