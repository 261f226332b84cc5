package dev.ss.drill.alert;

import static dev.ss.drill.alert.Fault.names;

import dev.ss.drill.machine.FakeTime;
import dev.ss.testkit.postgres.PostgresServer;
import dev.ss.testkit.process.Shell;
import dev.ss.testkit.process.TcpProxy;
import dev.ss.testkit.process.Waiting;
import dev.ss.testkit.system.SsProcess;
import dev.ss.testkit.system.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All faults; those that take longest come first. */
final class Faults {
  static final String WORKER = "worker-1";
  private static final String OTHER_WORKER = "worker-2";
  static final Map<String, Map<String, String>> ONE_WORKER = Map.of(WORKER, Map.of());
  private static final Map<String, Map<String, String>> TWO_WORKERS =
      Map.of(WORKER, Map.of(), OTHER_WORKER, Map.of());

  private static final Duration STATE_LIMIT = Duration.ofMinutes(1);

  private Faults() {}

  /** Returns the faults that this machine can cause. The clock fault needs libfaketime. */
  static List<Fault> all() {
    return Stream.of(
            Stream.of(flood(), hung(), killed(), database(), failing(), restarting(), slow()),
            Stream.of(cut(), frozen(), unserved(), maintain(), descriptors(), exhausted(), api()),
            JobFaults.all(),
            ScheduleFaults.all(),
            MetricsFaults.all(),
            FakeTime.installed().map(Faults::clock).stream())
        .flatMap(faults -> faults)
        .toList();
  }

  /** Enough for the alerts' minimum-traffic clauses, and for a backlog. */
  static void steady(Load load) {
    load.submit("quick", 2);
    load.list(2);
  }

  private static Fault flood() {
    return new Fault(
        "flood",
        "jobs submitted at 6 times the rate at which the one worker works; then the clients stop"
            + " and a second worker with 32 slots is started",
        Map.of(WORKER, Map.of("SS_WORKER_SLOTS", "2")),
        load -> load.list(1),
        names("SsQueueNearLimit", "SsOldestReadyJobTooOld", "SsWorkersSaturated"),
        names(),
        names(),
        service -> {
          service.load().submit("nap", 12);
          return () -> {
            service.stopLoad();
            service.start(OTHER_WORKER, Map.of("SS_WORKER_SLOTS", "32"));
            service.scrapeAll();
          };
        });
  }

  private static Fault hung() {
    return new Fault(
        "hung",
        "a command that never ends, of a type whose timeout is longer than the alert's bound;"
            + " then its job is cancelled",
        ONE_WORKER,
        Faults::steady,
        names("SsStuckRun"),
        names(),
        names(),
        service -> {
          String location =
              service.load().submitOne("hung").headers().firstValue("Location").orElseThrow();
          return () -> cancel(service, location);
        });
  }

  static void cancel(Service service, String location) {
    service
        .http()
        .sendAsync(
            HttpRequest.newBuilder(service.process(Service.API).uri(location + "/cancel"))
                .POST(BodyPublishers.noBody())
                .build(),
            BodyHandlers.discarding())
        .join();
  }

  private static Fault killed() {
    return new Fault(
        "killed",
        "the only worker killed with SIGKILL while it runs a job; then started again",
        ONE_WORKER,
        Faults::steady,
        names("SsWorkerDown", "SsNoWorker", "SsBacklogNoProgress", "SsOldestReadyJobTooOld"),
        names("SsJobsRecovered"),
        names(),
        service -> {
          runLongOn(service, WORKER);
          service.process(WORKER).kill();
          return () -> service.start(WORKER, Map.of());
        });
  }

  private static Fault unserved() {
    return new Fault(
        "unserved",
        "the only worker of all job types killed, beside one that runs a single type; then started"
            + " again",
        Map.of(WORKER, Map.of(), OTHER_WORKER, Map.of("SS_WORKER_JOB_TYPES", "quick")),
        Faults::steady,
        names("SsJobTypeUnserved", "SsWorkerDown"),
        names(),
        names("SsJobsRecovered"),
        service -> {
          service.process(WORKER).kill();
          return () -> service.start(WORKER, Map.of());
        });
  }

  /** Waits until this worker runs a job that takes a while. */
  private static void runLongOn(Service service, String name) {
    SsProcess worker = service.process(name);
    Waiting.until(
        () -> name + " runs a long job",
        STATE_LIMIT,
        () -> {
          service.load().submitOne("long");
          worker.scrape();
          return worker.lastScrape().orElseThrow().sum("ss_worker_inflight_jobs") >= 1;
        });
  }

  private static Fault database() {
    return new Fault(
        Fault.STOPS_THE_DATABASE,
        "PostgreSQL stopped with SIGINT; then started again",
        ONE_WORKER,
        Faults::steady,
        names(
            "SsDatabaseUnreachable",
            "SsQueueSnapshotStale",
            "SsErrorBudgetBurn 14.4",
            "SsErrorBudgetBurn 6",
            "SsHeartbeatsFailing"),
        names(),
        names("SsErrorBudgetBurn 1", "SsWorkerNotPolling", "SsMaintainFailing", "SsJobsRecovered"),
        service -> {
          PostgresServer server = service.storage().server();
          server.stop(PostgresServer.Stop.FAST);
          return server::start;
        });
  }

  private static Fault failing() {
    return new Fault(
        "failing",
        "a job type whose command fails; then repaired",
        ONE_WORKER,
        load -> {
          load.submit("moody", 4);
          load.submit("quick", 2);
        },
        names("SsJobFailureRatioHigh"),
        names(),
        names(),
        service -> {
          Files.createFile(service.broken());
          return () -> {
            try {
              Files.delete(service.broken());
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          };
        });
  }

  private static Fault restarting() {
    return new Fault(
        "restarting",
        "one of 2 workers killed and started again, 4 times; then left alone",
        TWO_WORKERS,
        Faults::steady,
        names("SsRestartingOften"),
        names(),
        names("SsJobsRecovered"),
        service -> {
          for (int i = 0; i < 4; i++) {
            service.process(WORKER).kill();
            service.start(WORKER, Map.of());
            awaitScraped(service);
          }
          return () -> {};
        });
  }

  private static void awaitScraped(Service service) {
    Waiting.until(() -> "all is scraped", STATE_LIMIT, service::isScraped);
  }

  private static Fault slow() {
    return new Fault(
        "slow",
        "the jobs table locked for 1.5 s of every 2 s, so that submissions are slow; then no"
            + " longer",
        ONE_WORKER,
        Faults::steady,
        names("SsLatencyBudgetBurn 14.4"),
        names(),
        names("SsLatencyBudgetBurn 6", "SsLatencyBudgetBurn 1"),
        service -> {
          TableLock lock = TableLock.on(service.storage(), Duration.ofMillis(1500));
          return lock::close;
        });
  }

  /** Each request keeps its connection until the statement times out, and the next ones wait. */
  private static Fault exhausted() {
    return new Fault(
        "exhausted",
        "the jobs table locked for as long as it takes; then no longer",
        ONE_WORKER,
        load -> {
          load.submit("quick", 2);
          load.list(8);
        },
        names("SsDatabasePoolExhausted"),
        names(),
        names(
            "SsErrorBudgetBurn 14.4",
            "SsErrorBudgetBurn 6",
            "SsErrorBudgetBurn 1",
            "SsLatencyBudgetBurn 14.4",
            "SsLatencyBudgetBurn 6",
            "SsLatencyBudgetBurn 1",
            "SsDatabaseUnreachable",
            "SsQueueSnapshotStale",
            "SsBacklogNoProgress",
            "SsOldestReadyJobTooOld",
            "SsHeartbeatsFailing",
            "SsNoWorker",
            "SsWorkerNotPolling",
            "SsMaintainFailing",
            "SsJobsRecovered"),
        service -> {
          TableLock lock = TableLock.on(service.storage(), Duration.ofMinutes(10));
          return lock::close;
        });
  }

  private static Fault cut() {
    return new Fault(
        "cut",
        "the connection of one of 2 workers to PostgreSQL cut silently while it runs a job; then restored",
        TWO_WORKERS,
        Faults::steady,
        names("SsHeartbeatsFailing", "SsWorkerNotPolling", "SsJobsRecovered"),
        names(),
        names("SsMaintainFailing"),
        service -> {
          TcpProxy line = TcpProxy.to(service.storage().server().port());
          service.process(WORKER).terminate();
          service.start(
              WORKER, Map.of("SS_DATABASE_URL", service.storage().url(WORKER, line.port())));
          awaitScraped(service);
          runLongOn(service, WORKER);
          line.blackhole();
          return line::heal;
        });
  }

  private static Fault frozen() {
    return new Fault(
        "frozen",
        "one of 2 workers frozen with SIGSTOP while it runs a job; then thawed",
        TWO_WORKERS,
        Faults::steady,
        names("SsWorkerDown", "SsJobsRecovered"),
        names(),
        names(),
        service -> {
          runLongOn(service, WORKER);
          SsProcess worker = service.process(WORKER);
          worker.freeze();
          return worker::thaw;
        });
  }

  private static Fault maintain() {
    return new Fault(
        "maintain",
        "deletions of jobs refused by the database, by a trigger; then the trigger dropped",
        Map.of(WORKER, Map.of("SS_RETENTION_FINAL_JOBS", "5s")),
        Faults::steady,
        names("SsMaintainFailing"),
        names(),
        names(),
        service -> {
          execute(
              service.storage(),
              "create function refuse() returns trigger language plpgsql as"
                  + " $$ begin raise exception 'refused'; end $$",
              "create trigger refuse before delete on jobs for each row execute function refuse()");
          return () -> execute(service.storage(), "drop trigger refuse on jobs");
        });
  }

  static void execute(Storage storage, String... statements) {
    try (Connection connection = storage.connect();
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Fault descriptors() {
    return new Fault(
        "descriptors",
        "the API's limit of file descriptors lowered to little more than it has open; then raised",
        ONE_WORKER,
        Faults::steady,
        names("SsFileDescriptorsNearLimit"),
        names(),
        names(),
        service -> {
          long pid = service.process(Service.API).pid();
          limitFiles(pid, Long.toString(openFiles(pid) * 100 / 85));
          return () -> limitFiles(pid, "1024");
        });
  }

  private static long openFiles(long pid) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      return files.count();
    }
  }

  /** Sets the soft limit and keeps the hard one. */
  private static void limitFiles(long pid, String limit) {
    Shell.run(List.of("prlimit", "--pid", Long.toString(pid), "--nofile=" + limit + ":"));
  }

  private static Fault api() {
    return new Fault(
        "api",
        "the API killed with SIGKILL; then started again",
        ONE_WORKER,
        Faults::steady,
        names("SsApiDown", "SsApiInstanceDown"),
        names(),
        names(),
        service -> {
          service.process(Service.API).kill();
          return () -> service.start(Service.API, Map.of());
        });
  }

  private static Fault clock(FakeTime fakeTime) {
    return new Fault(
        "clock",
        "one of 2 workers restarted with a clock that is a minute behind; then with a right one",
        TWO_WORKERS,
        Faults::steady,
        names("SsClockOff"),
        names(),
        names(),
        service -> {
          service.process(WORKER).terminate();
          service.start(WORKER, fakeTime.shifted("-60s"));
          return () -> {
            service.process(WORKER).terminate();
            service.start(WORKER, Map.of());
          };
        });
  }
}
