package dev.ss.drill.fault;

import dev.ss.drill.check.Audit;
import dev.ss.drill.check.JobTable;
import dev.ss.drill.check.Recovery;
import dev.ss.drill.check.RecoveryBound;
import dev.ss.drill.check.Report;
import dev.ss.drill.load.Clients;
import dev.ss.drill.load.Execution;
import dev.ss.drill.load.JobKind;
import dev.ss.drill.load.Ledger;
import dev.ss.drill.place.PostgresServer;
import dev.ss.drill.place.SsProcess;
import dev.ss.drill.place.SsProcess.Kind;
import dev.ss.drill.place.Storage;
import dev.ss.drill.place.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** APIs, workers, clients and a ledger on a database of their own, for one drill. */
final class Stage implements AutoCloseable {
  private static final int SLOTS = 4;

  /** A lease of 4 s, so that its end need not be waited for long. */
  private static final double SHORT_HEARTBEAT_SECONDS = 1;

  /** As shipped: where no worker is lost, a machine that is slow today must not lose one either. */
  private static final double PATIENT_HEARTBEAT_SECONDS = 5;

  private static final double POLL_SECONDS = 0.1;

  /** What two cores carry beside everything else. */
  private static final double RATE = 40;

  private static final Duration SCRAPE_PAUSE = Duration.ofMillis(500);
  private static final Duration HIT_LIMIT = Duration.ofMinutes(1);
  private static final Duration END_LIMIT = Duration.ofMinutes(2);

  private final Plan plan;
  private final Drill drill;
  private final Path directory;
  private final Storage storage;
  private final Ledger ledger;
  private final RecoveryBound bound;
  private final Recovery recovery;
  private final Map<String, Integer> ports = new HashMap<>();
  private final Map<String, Map<String, String>> environments = new HashMap<>();
  private final Map<String, SsProcess> current = new ConcurrentHashMap<>();
  private final Queue<SsProcess> lives = new ConcurrentLinkedQueue<>();
  private final List<String> findings = new ArrayList<>();
  private volatile boolean closed;
  private Clients clients;
  private int databaseFaults;

  private Stage(Plan plan, Drill drill, Path directory, Storage storage, double heartbeatSeconds) {
    this.plan = plan;
    this.drill = drill;
    this.directory = directory;
    this.storage = storage;
    this.ledger = Ledger.in(directory);
    this.bound = new RecoveryBound(heartbeatSeconds, POLL_SECONDS, JobKind.longestSeconds());
    this.recovery = new Recovery(bound);
    writeConfig();
    startScraping();
  }

  /** On a PostgreSQL database, where workers will fall silent. */
  static Stage onPostgres(Plan plan, Drill drill) {
    return onPostgres(plan, drill, SHORT_HEARTBEAT_SECONDS);
  }

  /** On a PostgreSQL database, where no worker must be taken for lost. */
  static Stage onPostgresPatiently(Plan plan, Drill drill) {
    return onPostgres(plan, drill, PATIENT_HEARTBEAT_SECONDS);
  }

  private static Stage onPostgres(Plan plan, Drill drill, double heartbeatSeconds) {
    String database = "drill_" + drill.name();
    plan.postgres().create(database);
    return new Stage(
        plan,
        drill,
        newDirectory(plan, drill),
        new Storage.Postgres(plan.postgres(), database),
        heartbeatSeconds);
  }

  /** On a SQLite file in the drill's directory. */
  static Stage onSqlite(Plan plan, Drill drill) {
    Path directory = newDirectory(plan, drill);
    return new Stage(
        plan,
        drill,
        directory,
        new Storage.Sqlite(directory.resolve("db/ss.db")),
        SHORT_HEARTBEAT_SECONDS);
  }

  /** On this SQLite file. */
  static Stage onSqlite(Plan plan, Drill drill, Path file) {
    return new Stage(
        plan, drill, newDirectory(plan, drill), new Storage.Sqlite(file), SHORT_HEARTBEAT_SECONDS);
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
        api: {port: "${SS_API_PORT:-8000}", queueInterval: 1s, lastScrapeWait: 5s}
        worker:
          id: ${SS_WORKER_ID:-none}
          slots: %d
          metricsPort: "${SS_WORKER_METRICS_PORT:-8001}"
          pollInterval: %dms
          heartbeatInterval: %dms
          gracePeriod: 10s
          killGracePeriod: 1s
          workDirectory: work
        database: {url: "${SS_DATABASE_URL}", user: %s}
        logging: {level: INFO}
        %s"""
            .formatted(
                SLOTS,
                (long) (POLL_SECONDS * 1000),
                (long) (bound.heartbeat() * 1000),
                storage instanceof Storage.Postgres ? PostgresServer.USER : "\"\"",
                JobKind.section(ledger));
    try {
      Files.writeString(directory.resolve("config.yml"), config);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void startScraping() {
    Thread thread =
        new Thread(
            () -> {
              while (!closed) {
                current.values().forEach(SsProcess::scrape);
                Waiting.pause(SCRAPE_PAUSE);
              }
            },
            "scrapes");
    thread.setDaemon(true);
    thread.start();
  }

  /** Sets variables of all lives of one process that begin from now on. */
  void with(String name, Map<String, String> environment) {
    environments.put(name, environment);
  }

  /** Starts so many of both and waits until they are up. */
  Stage start(int apis, int workers) {
    List<SsProcess> started = new ArrayList<>();
    for (int i = 1; i <= apis; i++) {
      started.add(launch(Kind.API, api(i)));
    }
    for (int i = 1; i <= workers; i++) {
      started.add(launch(Kind.WORKER, worker(i)));
    }
    started.forEach(SsProcess::awaitUp);
    return this;
  }

  static String api(int number) {
    return "api-" + number;
  }

  static String worker(int number) {
    return "worker-" + number;
  }

  /** Starts a process and does not wait for it. */
  private SsProcess launch(Kind kind, String name) {
    int port = ports.computeIfAbsent(name, any -> plan.ports().free());
    Map<String, String> environment = new HashMap<>();
    environment.put("SS_DATABASE_URL", storage.url(name));
    if (kind == Kind.API) {
      environment.put("SS_API_PORT", Integer.toString(port));
    } else {
      environment.put("SS_WORKER_ID", name);
      environment.put("SS_WORKER_METRICS_PORT", Integer.toString(port));
    }
    environment.putAll(environments.getOrDefault(name, Map.of()));
    SsProcess process =
        SsProcess.start(kind, name, port, directory, plan.jars(), environment, plan.http());
    lives.add(process);
    current.put(name, process);
    return process;
  }

  /** Starts it again under its name and waits until it is up. */
  SsProcess restart(SsProcess ended) {
    SsProcess next = launch(ended.kind(), ended.name());
    next.awaitUp();
    return next;
  }

  /** The process that has this name now. */
  SsProcess process(String name) {
    return current.get(name);
  }

  List<SsProcess> workers() {
    return of(Kind.WORKER);
  }

  List<SsProcess> apis() {
    return of(Kind.API);
  }

  private List<SsProcess> of(Kind kind) {
    return current.values().stream()
        .filter(process -> process.kind() == kind)
        .sorted(java.util.Comparator.comparing(SsProcess::name))
        .toList();
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

  /** How long a process must be silent until its jobs have been taken from it. */
  Duration silence() {
    return Duration.ofMillis((long) (bound.silence() * 1000));
  }

  /** Commits may have been made now without the news of it getting back. */
  void databaseFault() {
    databaseFaults++;
  }

  /** Waits until this worker runs jobs of all these kinds at once: what is to be hit. */
  void awaitOn(SsProcess worker, JobKind... kinds) {
    Waiting.until(
        () -> worker.name() + " runs jobs of the kinds " + Arrays.toString(kinds),
        HIT_LIMIT,
        () -> {
          Set<String> running = runningOn(worker);
          return Arrays.stream(kinds)
              .allMatch(kind -> !Collections.disjoint(clients.acceptedOf(kind), running));
        });
  }

  private Set<String> runningOn(SsProcess worker) {
    return ledger.executions().stream()
        .filter(each -> each.worker() == worker.pid() && each.end().isEmpty())
        .map(Execution::jobId)
        .collect(Collectors.toSet());
  }

  /** Something that is not as it has to be. */
  void find(String finding) {
    findings.add(finding);
  }

  /** Clients of all APIs there are. */
  Clients clients() {
    if (clients == null) {
      Map<String, URI> targets = new LinkedHashMap<>();
      apis().forEach(api -> targets.put(api.name(), api.uri("/v1/jobs")));
      clients = new Clients(plan.http(), drill.name() + storage.name(), targets, ledger, RATE);
    }
    return clients;
  }

  /** Waits until every job is final, and looks at everything. */
  Report finish() {
    if (!clients().finish(END_LIMIT)) {
      find("there are submissions that no API takes");
    }
    JobTable table = new JobTable(storage);
    if (!Waiting.within(END_LIMIT, () -> table.unfinished() == 0)) {
      find("jobs do not end");
    }
    if (!Waiting.within(Duration.ofSeconds(20), () -> table.executions() == 0)) {
      find("executions are left over");
    }
    current.values().forEach(SsProcess::scrape);
    Audit audit =
        new Audit(
            clients,
            table.rows(),
            ledger.executions(),
            lives,
            SLOTS,
            SLOTS * workers().size(),
            databaseFaults);
    return audit.report(
        drill.name(), drill.fault(), plan.http(), apis().get(0).uri("/"), recovery, findings);
  }

  @Override
  public void close() {
    closed = true;
    lives.stream().filter(SsProcess::isAlive).forEach(SsProcess::discard);
  }
}
