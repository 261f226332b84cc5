package dev.ss.drill.fault;

import dev.ss.drill.check.Report;
import dev.ss.drill.load.TimedJobs;
import dev.ss.testkit.ledger.Execution;
import dev.ss.testkit.postgres.PostgresServer.Stop;
import dev.ss.testkit.process.Waiting;
import dev.ss.testkit.system.SsProcess;
import dev.ss.testkit.system.TimedScrape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Stops the database for two leases. Results are kept until they can be stored, running commands
 * continue, and no worker declares another dead, because all were without the database.
 */
final class OutageDrill implements Drill {
  /** Slots for all jobs on either worker. */
  private static final WorkerSettings WORKERS = new WorkerSettings(40, 1.5);

  private static final int OF_EACH = 20;

  /**
   * These jobs end while the database is down, the first within a lease and the last after it. They
   * are long enough that all have begun when it stops.
   */
  private static final double MIN_SHORT_SECONDS = 7;

  private static final double MAX_SHORT_SECONDS = 12;

  /** These jobs are still running when the database is back. */
  private static final double LONG_SECONDS = 35;

  private static final Duration SHORT_LIMIT = Duration.ofSeconds(15);

  @Override
  public String name() {
    return "outage";
  }

  @Override
  public String fault() {
    return "PostgreSQL stopped fast for 2 leases, then immediately, each time with 20 jobs that end"
        + " during the outage and 20 that end after it";
  }

  @Override
  public Report run(Plan plan) {
    Tally tally = new Tally();
    try (Stage stage = Stage.onPostgres(plan, this, WORKERS).start(1, 2)) {
      for (Stop how : plan.quick() ? List.of(Stop.FAST) : List.of(Stop.FAST, Stop.IMMEDIATE)) {
        run(plan, stage, how, tally);
      }
      tally.findings().forEach(stage::find);
      requireNoneLost(stage);
      return stage.finishJobs("40 jobs each time");
    }
  }

  private static void run(Plan plan, Stage stage, Stop how, Tally tally) {
    JobChecks checks = new JobChecks(stage);
    List<String> longJobs = submit(stage, LONG_SECONDS, LONG_SECONDS);
    longJobs.forEach(each -> checks.awaitExecution(each, 1));
    List<String> shortJobs = submit(stage, MIN_SHORT_SECONDS, MAX_SHORT_SECONDS);
    shortJobs.forEach(each -> checks.awaitExecution(each, 1));
    List<String> all = Stream.concat(longJobs.stream(), shortJobs.stream()).toList();
    if (ended(stage, all) > 0) {
      tally.add("rounds in which jobs had ended before the outage; run the drill again");
    }

    plan.postgres().stop(how);
    Waiting.pause(stage.lease().multipliedBy(2));
    Waiting.within(SHORT_LIMIT, () -> ended(stage, shortJobs) == OF_EACH);
    plan.postgres().start();
    if (ended(stage, longJobs) > 0) {
      tally.add(
          "rounds in which long jobs had ended before PostgreSQL was back; run the drill again");
    }
    shortJobs.forEach(each -> check(each, stage, tally, ", ended during the outage, " + how));
    longJobs.forEach(
        each -> check(each, stage, tally, ", running when PostgreSQL was back, " + how));
  }

  /** Half of them have only one attempt. */
  private static List<String> submit(Stage stage, double from, double to) {
    List<String> jobs = new ArrayList<>();
    for (int i = 0; i < OF_EACH; i++) {
      double seconds = from + (to - from) * i / (OF_EACH - 1);
      jobs.add(stage.jobs().submit(seconds, i % 2 == 0 ? 1 : 3));
    }
    return jobs;
  }

  private static long ended(Stage stage, List<String> jobs) {
    return stage.ledger().executions().stream()
        .filter(each -> jobs.contains(each.jobId()) && each.end().isPresent())
        .count();
  }

  private static void check(String jobId, Stage stage, Tally tally, String where) {
    JobChecks checks = new JobChecks(stage);
    checks.requireSuccess(jobId, tally, where);
    TimedJobs.Job job = stage.jobs().get(jobId);
    if (job.attempt() != 1) {
      tally.add("charged another attempt" + where);
    }
    List<Execution> executions = stage.ledger().executionsOf(jobId);
    if (executions.size() != 1) {
      tally.add("executed more than once" + where);
    }
    if (executions.get(0).end().isEmpty()) {
      tally.add("killed" + where);
    }
  }

  private static void requireNoneLost(Stage stage) {
    stage.workers().forEach(SsProcess::scrape);
    double lost =
        stage.workers().stream()
            .map(each -> each.lastScrape().orElseThrow())
            .mapToDouble((TimedScrape each) -> each.sum("ss_job_runs_total", "outcome=\"lost\""))
            .sum();
    if (lost > 0) {
      stage.find("ss_job_runs_total{lost} is %.0f".formatted(lost));
    }
  }
}
