package dev.ss.drill.fault;

import dev.ss.drill.check.Report;
import dev.ss.drill.load.Accepted;
import dev.ss.drill.load.Clients;
import dev.ss.drill.machine.FakeTime;
import dev.ss.testkit.ledger.Execution;
import dev.ss.testkit.process.Uptime;
import dev.ss.testkit.process.Waiting;
import dev.ss.testkit.system.SsProcess;
import dev.ss.testkit.system.TimedScrape;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Runs processes whose clocks are five minutes off, which must have no effect. */
final class ClockDrill implements Drill {
  private static final int DELAYED = 10;
  private static final int FIRST_DELAYED_NUMBER = 1_000_000;
  private static final Duration DELAY = Duration.ofSeconds(8);

  /** Seconds that a busy machine may take to start a command, beyond the poll interval. */
  private static final double LATE_SECONDS = 4;

  private final Clock clock;

  /**
   * Makes a drill.
   *
   * @param clock the right time
   */
  ClockDrill(Clock clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "clock";
  }

  @Override
  public String fault() {
    return "the clocks of one API and one worker 5 minutes ahead, of another worker 5 minutes"
        + " behind";
  }

  @Override
  public Report run(Plan plan) {
    Optional<FakeTime> fakeTime = FakeTime.installed();
    if (fakeTime.isEmpty()) {
      return Report.skipped(name(), fault(), FakeTime.MISSING);
    }
    try (Stage stage = Stage.onPostgresPatiently(plan, this)) {
      stage.with(Stage.api(1), fakeTime.get().shifted("+5m"));
      stage.with(Stage.worker(1), fakeTime.get().shifted("+5m"));
      stage.with(Stage.worker(2), fakeTime.get().shifted("-5m"));
      Clients clients = stage.start(2, 3).clients();
      clients.begin();
      Waiting.pause(plan.load(8));
      double due = Uptime.seconds() + DELAY.toSeconds();
      Instant runAt = clock.instant().plus(DELAY);
      IntStream.range(0, DELAYED)
          .forEach(i -> clients.submitFor(FIRST_DELAYED_NUMBER + i, runAt.toString()));
      Waiting.pause(DELAY.plus(plan.load(16)));
      stage.apis().forEach(api -> checkAges(stage, api));
      Report report = stage.finish();
      return checkEarly(checkDelayed(report, stage, due));
    }
  }

  private static void checkAges(Stage stage, SsProcess api) {
    api.scrape();
    TimedScrape scrape = api.lastScrape().orElseThrow();
    double live = scrape.sum("ss_workers", "state=\"live\"");
    if (live != 3) {
      stage.find("%s sees %.0f live workers of 3".formatted(api.name(), live));
    }
    for (String age :
        new String[] {"ss_queue_oldest_ready_age_seconds", "ss_queue_oldest_running_age_seconds"}) {
      if (scrape.sum(age) > 60) {
        stage.find("%s of %s is %.0f".formatted(age, api.name(), scrape.sum(age)));
      }
    }
  }

  private static Report checkDelayed(Report report, Stage stage, double due) {
    var delayed =
        stage.clients().accepted().stream()
            .filter(each -> isDelayed(each.key()))
            .map(Accepted::jobId)
            .collect(Collectors.toSet());
    long wrong =
        stage.ledger().executions().stream()
            .filter(each -> delayed.contains(each.jobId()))
            .map(Execution::start)
            .filter(start -> start < due - 0.5 || start > due + LATE_SECONDS)
            .count();
    return wrong == 0
        ? report
        : RollingDrill.withFinding(report, wrong + " delayed jobs ran at another time than due");
  }

  private static boolean isDelayed(String key) {
    return Integer.parseInt(key.substring(key.lastIndexOf('-') + 1)) >= FIRST_DELAYED_NUMBER;
  }

  private static Report checkEarly(Report report) {
    return report.endedEarly() == 0
        ? report
        : RollingDrill.withFinding(
            report, report.endedEarly() + " attempts of living workers taken from them");
  }
}
