package dev.ss.drill.fault;

import dev.ss.drill.check.Audit;
import dev.ss.drill.check.JobTable;
import dev.ss.drill.check.Recovery;
import dev.ss.drill.check.RecoveryBound;
import dev.ss.drill.check.Report;
import dev.ss.drill.load.Clients;
import dev.ss.drill.load.JobKind;
import dev.ss.drill.load.TimedJobs;
import dev.ss.testkit.ledger.Execution;
import dev.ss.testkit.ledger.Ledger;
import dev.ss.testkit.postgres.PostgresServer;
import dev.ss.testkit.process.Waiting;
import dev.ss.testkit.system.Lives;
import dev.ss.testkit.system.SsProcess;
import dev.ss.testkit.system.SsProcess.Kind;
import dev.ss.testkit.system.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** APIs, workers, clients and a ledger on a separate database, for one drill. */
final class Stage implements AutoCloseable {
  private static final double POLL_SECONDS = 0.1;

  /** Submissions per second that two cores carry beside everything else. */
  private static final double RATE = 40;

  private static final Duration HIT_LIMIT = Duration.ofMinutes(1);
  private static final Duration END_LIMIT = Duration.ofMinutes(2);

  private final Plan plan;
  private final Drill drill;
  private final Path directory;
  private final Storage storage;
  private final WorkerSettings settings;
  private final Ledger ledger;
  private final RecoveryBound bound;
  private final Recovery recovery;
  private final Lives lives;
  private final List<String> findings = new ArrayList<>();
  private @Nullable Clients clients;
  private @Nullable TimedJobs jobs;
  private int databaseFaults;

  private Stage(Plan plan, Drill drill, Path directory, Storage storage, WorkerSettings settings) {
    this.plan = plan;
    this.drill = drill;
    this.directory = directory;
    this.storage = storage;
    this.settings = settings;
    this.ledger = Ledger.in(directory);
    this.bound = new RecoveryBound(settings.heartbeatSeconds(), POLL_SECONDS, JobKind.maxSeconds());
    this.recovery = new Recovery(bound);
    this.lives = new Lives(directory, plan.jars(), storage, plan.ports(), plan.http());
    writeConfig();
  }

  /** A stage on PostgreSQL whose workers will fall silent. */
  static Stage onPostgres(Plan plan, Drill drill) {
    return onPostgres(plan, drill, WorkerSettings.SHORT);
  }

  /** A stage on PostgreSQL on which no worker may be declared lost. */
  static Stage onPostgresPatiently(Plan plan, Drill drill) {
    return onPostgres(plan, drill, WorkerSettings.PATIENT);
  }

  /** A stage on PostgreSQL with these worker settings. */
  static Stage onPostgres(Plan plan, Drill drill, WorkerSettings settings) {
    String database = "drill_" + drill.name().replace('-', '_');
    plan.postgres().create(database);
    return new Stage(
        plan,
        drill,
        newDirectory(plan, drill),
        new Storage.Postgres(plan.postgres(), database),
        settings);
  }

  /** A stage on a SQLite file in the drill's directory. */
  static Stage onSqlite(Plan plan, Drill drill) {
    return onSqlite(plan, drill, WorkerSettings.SHORT);
  }

  /** A stage on a SQLite file in the drill's directory, with these worker settings. */
  static Stage onSqlite(Plan plan, Drill drill, WorkerSettings settings) {
    Path directory = newDirectory(plan, drill);
    return new Stage(
        plan, drill, directory, new Storage.Sqlite(directory.resolve("db/ss.db")), settings);
  }

  /** A stage on this SQLite file. */
  static Stage onSqlite(Plan plan, Drill drill, Path file) {
    return new Stage(
        plan, drill, newDirectory(plan, drill), new Storage.Sqlite(file), WorkerSettings.SHORT);
  }

  private static Path newDirectory(Plan plan, Drill drill) {
    try {
      return Files.createTempDirectory(plan.directory(), drill.name() + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void writeConfig() {
    String config =
        """
        api:
          connector: {type: http, port: "${SS_API_PORT:-8000}"}
          queueInterval: 1s
          lastScrapeWait: 5s
        worker:
          id: ${SS_WORKER_ID:-none}
          slots: %d
          connector: {type: http, port: "${SS_WORKER_METRICS_PORT:-8001}"}
          pollInterval: %dms
          heartbeatInterval: %dms
          gracePeriod: 10s
          killGracePeriod: 1s
          workDirectory: work
        database: {url: "${SS_DATABASE_URL}", user: %s}
        logging: {level: INFO}
        %s%s\
        """
            .formatted(
                settings.slots(),
                (long) (POLL_SECONDS * 1000),
                (long) (bound.heartbeat() * 1000),
                storage instanceof Storage.Postgres ? PostgresServer.USER : "\"\"",
                JobKind.section(ledger, settings.maxNaps()),
                TimedJobs.section(ledger));
    try {
      Files.writeString(directory.resolve("config.yml"), config);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sets environment variables for later starts of one process. */
  void with(String name, Map<String, String> environment) {
    lives.with(name, environment);
  }

  /** Starts so many APIs and workers and waits until they are up. */
  Stage start(int apis, int workers) {
    lives.start(apis, workers);
    return this;
  }

  static String api(int number) {
    return "api-" + number;
  }

  static String worker(int number) {
    return "worker-" + number;
  }

  /** Starts a process again under its name and waits until it is up. */
  SsProcess restart(SsProcess ended) {
    return lives.restart(ended);
  }

  /** The current process of this name. */
  SsProcess process(String name) {
    return lives.process(name);
  }

  List<SsProcess> workers() {
    return lives.of(Kind.WORKER);
  }

  List<SsProcess> apis() {
    return lives.of(Kind.API);
  }

  Storage storage() {
    return storage;
  }

  Ledger ledger() {
    return ledger;
  }

  Recovery recovery() {
    return recovery;
  }

  /** How long a worker may be silent. */
  Duration lease() {
    return Duration.ofMillis((long) (bound.lease() * 1000));
  }

  /** How long a worker must be silent until its jobs have been taken from it. */
  Duration silence() {
    return Duration.ofMillis((long) (bound.silence() * 1000));
  }

  /** Records a fault that may hide the result of a commit from its process. */
  void databaseFault() {
    databaseFaults++;
  }

  /** Waits until this worker runs jobs of all these kinds at once, which the fault is to hit. */
  void awaitOn(SsProcess worker, JobKind... kinds) {
    Waiting.until(
        () -> worker.name() + " runs jobs of the kinds " + Arrays.toString(kinds),
        HIT_LIMIT,
        () -> {
          Set<String> running = runningOn(worker);
          return Arrays.stream(kinds)
              .allMatch(kind -> !Collections.disjoint(clients().acceptedOf(kind), running));
        });
  }

  private Set<String> runningOn(SsProcess worker) {
    return ledger.executions().stream()
        .filter(each -> each.worker() == worker.pid() && each.end().isEmpty())
        .map(Execution::jobId)
        .collect(Collectors.toSet());
  }

  /** Records a finding. */
  void find(String finding) {
    findings.add(finding);
  }

  /** Returns clients of all current APIs. */
  Clients clients() {
    if (clients == null) {
      Map<String, URI> targets = new LinkedHashMap<>();
      apis().forEach(api -> targets.put(api.name(), api.uri("/v1/jobs")));
      clients = new Clients(plan.http(), drill.name() + storage.name(), targets, ledger, RATE);
    }
    return clients;
  }

  /** Returns jobs that are submitted one by one, to the first API. */
  TimedJobs jobs() {
    if (jobs == null) {
      jobs = new TimedJobs(plan.http(), apis().get(0).uri("/"));
    }
    return jobs;
  }

  /** Returns the report of a drill that submitted {@link #jobs} and had no clients. */
  Report finishJobs(String seen) {
    List<Execution> executions = ledger.executions();
    return new Report(
        drill.name(),
        drill.fault(),
        seen,
        jobs().submitted().size(),
        (int) jobs().submitted().stream().filter(each -> jobs().get(each).isFinal()).count(),
        executions.size(),
        (int) executions.stream().filter(each -> each.end().isEmpty()).count(),
        "",
        List.copyOf(findings));
  }

  /** Waits until every job is final, and checks everything. */
  Report finish() {
    if (!clients().finish(END_LIMIT)) {
      find("some submissions were never accepted");
    }
    JobTable table = new JobTable(storage);
    if (!Waiting.within(END_LIMIT, () -> table.unfinished() == 0)) {
      find("jobs do not end");
    }
    lives.scrape();
    Audit audit =
        new Audit(
            clients(),
            table.rows(),
            ledger.executions(),
            lives.all(),
            settings.slots(),
            settings.slots() * workers().size(),
            databaseFaults);
    return audit.report(
        drill.name(), drill.fault(), plan.http(), apis().get(0).uri("/"), recovery, findings);
  }

  @Override
  public void close() {
    lives.close();
  }
}
