package dev.ss.bench.jobs;

import dev.ss.bench.measure.ProcessorTime;
import dev.ss.bench.measure.Samples;
import dev.ss.bench.measure.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs several workers, each in a separate process, on one PostgreSQL. Measures how many jobs they
 * do, how they conflict, and the cost of a job for the server and the workers.
 */
final class ManyWorkers {
  private static final int RUNS = 3;
  private static final int JOBS = 4000;
  private static final int SLOW_JOBS = 800;
  private static final int WATCHED_JOBS = 800;
  private static final long PATIENCE_NANOS = 120_000_000_000L;

  /** Long, because the server's work for the answer counts as the workers'. */
  private static final long BETWEEN_QUESTIONS_MILLIS = 50;

  /** The log file of {@link dev.ss.testkit.postgres.PostgresServer}. */
  private static final String LOG = "current_setting('data_directory') || '/../postgresql.log'";

  /** Crews with the same number of slots in all, and crews with the same number of slots each. */
  private static final List<Crew> CREWS =
      List.of(new Crew(1, 4), new Crew(2, 2), new Crew(4, 1), new Crew(2, 4), new Crew(4, 4));

  private final Plan plan;

  ManyWorkers(Plan plan) {
    this.plan = plan;
  }

  /** This many workers with this many slots each. */
  private record Crew(int workers, int slots) {
    String title() {
      return workers + " × " + slots;
    }
  }

  /** The measured values of one crew. */
  private static final class Seen {
    private final Samples jobsPerSecond = new Samples();
    private final Map<Cost, Samples> costs = new LinkedHashMap<>();

    void cost(Cost cost, double perJob) {
      costs.computeIfAbsent(cost, each -> new Samples()).add(perJob);
    }

    String text(Cost cost) {
      return Table.number(costs.get(cost).median(), cost.decimals);
    }
  }

  /** Values per job. */
  private enum Cost {
    SERVER_CPU(2),
    WORKER_CPU(2),
    COMMITS(2),
    SYNCS(2),
    WAL_BYTES(0),
    FULL_PAGES(2),
    DEAD_ROWS(1),
    BYTES(0);

    private final int decimals;

    Cost(int decimals) {
      this.decimals = decimals;
    }
  }

  void run() {
    Table rates = new Table("Jobs/s of several workers (workers × slots each)", columns("handler"));
    Table costs =
        new Table(
            "What a job costs (medians)",
            "handler",
            "workers × slots",
            "CPU ms: server",
            "workers and commands",
            "commits",
            "fsyncs of WAL",
            "WAL, bytes",
            "whole pages in it",
            "dead rows",
            "growth, bytes");
    Table conflicts =
        new Table(
            "How workers contend (a job does nothing; the server logs every statement)",
            "workers × slots",
            "polls per job",
            "empty polls",
            "polls that skipped locked jobs",
            "polls that got fewer jobs because of that",
            "skipped jobs per job",
            "lock waits over 1 ms",
            "deadlocks");
    for (Storage storage : plan.storages()) {
      if (storage instanceof Storage.Postgres) {
        measure(storage, rates, costs, conflicts);
      }
    }
    rates.print();
    costs.print();
    conflicts.print();
  }

  private static String[] columns(String first) {
    List<String> columns = new ArrayList<>(List.of(first));
    CREWS.forEach(crew -> columns.add(crew.title()));
    return columns.toArray(String[]::new);
  }

  private void measure(Storage storage, Table rates, Table costs, Table conflicts) {
    List<WorkerProcess> workers = new ArrayList<>();
    try {
      int maxWorkers = CREWS.stream().mapToInt(Crew::workers).max().orElseThrow();
      for (int i = 1; i <= maxWorkers; i++) {
        workers.add(new WorkerProcess(plan.directory(), "bench-" + i));
      }
      for (Handler handler : Handler.values()) {
        measure(storage, workers, handler, rates, costs);
      }
      for (Crew crew : CREWS) {
        watch(storage, workers.subList(0, crew.workers()), crew, conflicts);
      }
    } finally {
      workers.forEach(WorkerProcess::close);
    }
  }

  private void measure(
      Storage storage, List<WorkerProcess> workers, Handler handler, Table rates, Table costs) {
    int jobs = plan.size(handler == Handler.NOTHING ? JOBS : SLOW_JOBS);
    Crew all = CREWS.get(CREWS.size() - 1);
    drain(storage, workers, all, handler, jobs, new Seen()); // to warm up
    Map<Crew, Seen> seen = new LinkedHashMap<>();
    CREWS.forEach(crew -> seen.put(crew, new Seen()));
    for (int run = 0; run < RUNS; run++) {
      seen.forEach(
          (crew, into) ->
              drain(storage, workers.subList(0, crew.workers()), crew, handler, jobs, into));
    }
    List<String> row = new ArrayList<>(List.of(handler.title()));
    seen.values().forEach(each -> row.add(each.jobsPerSecond.text(0)));
    rates.row(row.toArray(String[]::new));
    seen.forEach((crew, each) -> costs(costs, handler, crew, each));
  }

  private static void costs(Table table, Handler handler, Crew crew, Seen seen) {
    List<String> row = new ArrayList<>(List.of(handler.title(), crew.title()));
    for (Cost cost : Cost.values()) {
      row.add(seen.text(cost));
    }
    table.row(row.toArray(String[]::new));
  }

  private static void drain(
      Storage storage,
      List<WorkerProcess> workers,
      Crew crew,
      Handler handler,
      int jobs,
      Seen seen) {
    try (Storage.Place place = storage.create()) {
      fill(place, jobs);
      workers.forEach(worker -> worker.open(place, crew.slots(), handler));
      long server = ServerWork.postmaster(place);
      ServerWork before = ServerWork.soFar(place);
      double serverCpu = ProcessorTime.ofTree(server);
      double workersCpu = cpu(workers);
      workers.forEach(WorkerProcess::start);
      awaitEmpty(place);
      seen.cost(Cost.SERVER_CPU, (ProcessorTime.ofTree(server) - serverCpu) * 1e3 / jobs);
      seen.cost(Cost.WORKER_CPU, (cpu(workers) - workersCpu) * 1e3 / jobs);
      workers.forEach(WorkerProcess::end);
      costs(seen, ServerWork.soFar(place).since(before), jobs);
      seen.jobsPerSecond.add(jobs / new OurTables(place).secondsOfWork());
    }
  }

  private static void costs(Seen seen, ServerWork work, double jobs) {
    seen.cost(Cost.COMMITS, work.commits() / jobs);
    seen.cost(Cost.SYNCS, work.syncs() / jobs);
    seen.cost(Cost.WAL_BYTES, work.walBytes() / jobs);
    seen.cost(Cost.FULL_PAGES, work.fullPages() / jobs);
    seen.cost(Cost.DEAD_ROWS, work.deadRows() / jobs);
    seen.cost(Cost.BYTES, work.bytes() / jobs);
  }

  private static void fill(Storage.Place place, int jobs) {
    try (OurApi api = new OurApi(place)) {
      api.fill(place, jobs);
    }
  }

  private static double cpu(List<WorkerProcess> workers) {
    return workers.stream().mapToDouble(WorkerProcess::cpuSeconds).sum();
  }

  private static void awaitEmpty(Storage.Place place) {
    OurTables tables = new OurTables(place);
    Waiting.until(
        () -> {
          Waiting.millis(BETWEEN_QUESTIONS_MILLIS);
          return tables.unfinished() == 0;
        },
        PATIENCE_NANOS,
        () -> tables.unfinished() + " jobs are left");
  }

  private void watch(Storage storage, List<WorkerProcess> workers, Crew crew, Table table) {
    int jobs = plan.size(WATCHED_JOBS);
    try (Storage.Place place = storage.create()) {
      fill(place, jobs);
      set(place, Polls.SETTINGS);
      workers.forEach(worker -> worker.open(place, crew.slots(), Handler.NOTHING));
      ServerWork before = ServerWork.soFar(place);
      long logged =
          Long.parseLong(new Stock(place).one("select size from pg_stat_file(%s)".formatted(LOG)));
      workers.forEach(WorkerProcess::start);
      awaitEmpty(place);
      workers.forEach(WorkerProcess::end);
      ServerWork work = ServerWork.soFar(place).since(before);
      String log =
          new Stock(place).one("select pg_read_file(%s, %d, 500000000)".formatted(LOG, logged));
      row(table, crew, Polls.in(log), work, jobs);
    }
  }

  private static void row(Table table, Crew crew, Polls polls, ServerWork work, double jobs) {
    table.row(
        crew.title(),
        Table.number(polls.all() / jobs, 2),
        percent(polls.empty(), polls.all()),
        percent(polls.skipping(), polls.all()),
        percent(polls.shortened(), polls.all()),
        Table.number(polls.skipped() / jobs, 2),
        Long.toString(polls.lockWaits()),
        Table.number(work.deadlocks(), 0));
  }

  private static String percent(int part, int all) {
    return Table.number(100.0 * part / Math.max(1, all), 1) + " %";
  }

  private static void set(Storage.Place place, List<String> settings) {
    String url = place.section().url();
    try (Connection connection = place.connect();
        Statement statement = connection.createStatement()) {
      for (String setting : settings) {
        statement.execute(
            "alter database %s set %s".formatted(url.substring(url.lastIndexOf('/') + 1), setting));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
