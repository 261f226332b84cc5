package dev.ss.drill.fault;

import dev.ss.drill.check.Report;
import dev.ss.drill.load.Accepted;
import dev.ss.drill.load.Clients;
import dev.ss.testkit.ledger.Execution;
import dev.ss.testkit.process.Uptime;
import dev.ss.testkit.process.Waiting;
import dev.ss.testkit.system.SsProcess;
import dev.ss.testkit.system.TimedScrape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Runs processes whose clocks are five minutes off, which must have no effect. */
public final class ClockDrill implements Drill {
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
  public ClockDrill(Clock clock) {
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

  /** Debian's libfaketime, for either architecture. */
  private static Optional<Path> libfaketime() {
    return Stream.of("x86_64", "aarch64")
        .map(machine -> Path.of("/usr/lib/" + machine + "-linux-gnu/faketime/libfaketime.so.1"))
        .filter(Files::exists)
        .findFirst();
  }

  @Override
  public Report run(Plan plan) {
    Optional<Path> library = libfaketime();
    if (library.isEmpty()) {
      return Report.skipped(
          name(), fault(), "libfaketime is not there; Debian: apt-get install libfaketime");
    }
    try (Stage stage = Stage.onPostgresPatiently(plan, this)) {
      stage.with(Stage.api(1), shifted(library.get(), "+5m"));
      stage.with(Stage.worker(1), shifted(library.get(), "+5m"));
      stage.with(Stage.worker(2), shifted(library.get(), "-5m"));
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

  /** Shifts only the wall clock; monotonic time and waits stay unchanged. */
  private static Map<String, String> shifted(Path library, String by) {
    return Map.of(
        "LD_PRELOAD",
        library.toString(),
        "FAKETIME",
        by,
        "FAKETIME_DONT_FAKE_MONOTONIC",
        "1",
        "FAKETIME_FORCE_MONOTONIC_FIX",
        "0");
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
