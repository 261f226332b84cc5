package dev.ss.bench.jobs;

import com.codahale.metrics.MetricRegistry;
import com.sun.management.OperatingSystemMXBean;
import dev.ss.job.Attempt;
import dev.ss.job.Output;
import dev.ss.job.RunResult;
import dev.ss.worker.run.CommandRunner;
import dev.ss.worker.run.Commands;
import dev.ss.worker.run.KillSwitch;
import dev.ss.worker.run.Runner;
import dev.ss.worker.run.WorkDirectory;
import io.dropwizard.db.ManagedDataSource;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Jobs per second and the time from submission to start, beside bare db-scheduler. */
final class Throughput {
  /** The worker's default. */
  private static final int SLOTS = 4;

  private static final int JOBS = 2000;
  private static final int PROCESSES = 400;
  private static final int PACED_JOBS = 60;
  private static final RunResult DONE = RunResult.exited(0, Output.empty(), Output.empty());
  private static final Runner NOTHING = (attempt, input, killSwitch) -> DONE;
  private static final Runner TEN_MILLIS =
      (attempt, input, killSwitch) -> {
        Waiting.millis(10);
        return DONE;
      };

  private final Plan plan;
  private final Runner process;
  private final AtomicInteger numbers = new AtomicInteger();

  Throughput(Plan plan) {
    this.plan = plan;
    Commands commands = new Commands(List.of(OurApi.TYPE), Optional.empty());
    this.process =
        new CommandRunner(
            commands,
            WorkDirectory.take(
                plan.directory().resolve("work"), "bench", UUID.randomUUID(), commands),
            1 << 20,
            Duration.ofSeconds(2));
  }

  void run() {
    Table drained =
        new Table(
            "Jobs/s: a queue is drained by %d slots".formatted(SLOTS),
            "database",
            "handler",
            "SS",
            "bare db-scheduler",
            "SS / bare",
            "CPU ms/job: SS",
            "bare");
    Table latency =
        new Table(
            "From submission to start, ms (poll interval 200 ms, an idle worker)",
            "database",
            "side",
            "p50",
            "p99",
            "max");
    for (Storage storage : plan.storages()) {
      drained(drained, storage, "nothing", NOTHING, plan.size(JOBS));
      drained(drained, storage, "waits 10 ms", TEN_MILLIS, plan.size(PROCESSES));
      drained(drained, storage, "/bin/true", process, plan.size(PROCESSES));
      latency(latency, storage);
    }
    drained.print();
    latency.print();
  }

  /** What draining queues has shown of one side. */
  private record Drained(Samples jobsPerSecond, Samples cpuMillisPerJob) {
    Drained() {
      this(new Samples(), new Samples());
    }

    /** From the start of the worker to the commit of the last job. */
    void drain(SideOfComparison worker, Entries entries) {
      long cpuBegin = processCpuNanos();
      long begin = System.nanoTime();
      worker.start();
      entries.await();
      worker.awaitIdle();
      jobsPerSecond.add(entries.expected() * 1e9 / (System.nanoTime() - begin));
      cpuMillisPerJob.add((processCpuNanos() - cpuBegin) / 1e6 / entries.expected());
    }

    private static long processCpuNanos() {
      return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }
  }

  private void drained(Table table, Storage storage, String name, Runner handler, int jobs) {
    drainOurs(new Drained(), storage, handler, jobs); // to warm up
    drainBare(new Drained(), storage, handler, jobs);
    Drained ours = new Drained();
    Drained bare = new Drained();
    for (int run = 0; run < plan.runs(); run++) {
      drainOurs(ours, storage, handler, jobs);
      drainBare(bare, storage, handler, jobs);
    }
    table.row(
        storage.name(),
        name,
        ours.jobsPerSecond().text(0),
        bare.jobsPerSecond().text(0),
        ours.jobsPerSecond().dividedBy(bare.jobsPerSecond()).text(2),
        ours.cpuMillisPerJob().text(2),
        bare.cpuMillisPerJob().text(2));
  }

  private static void drainOurs(Drained into, Storage storage, Runner handler, int jobs) {
    Entries entries = new Entries(jobs);
    try (Storage.Place place = storage.create();
        OurApi api = new OurApi(place)) {
      api.fill(place, jobs);
      try (OurWorker worker = new OurWorker(place, SLOTS, noting(entries, handler))) {
        into.drain(worker, entries);
      }
    }
  }

  private void drainBare(Drained into, Storage storage, Runner handler, int jobs) {
    Entries entries = new Entries(jobs);
    try (Storage.Place place = storage.create()) {
      BareScheduler.createTable(place);
      fillBare(place, jobs);
      try (BareScheduler worker =
          new BareScheduler(
              place,
              SLOTS,
              id -> {
                entries.one();
                handler.run(attempt(id), new byte[0], new KillSwitch());
              })) {
        into.drain(worker, entries);
      }
    }
  }

  private static void fillBare(Storage.Place place, int jobs) {
    String first = new UUID(0, 0).toString();
    ManagedDataSource pool = Pools.open(place, 1, new MetricRegistry());
    BareScheduler.client(place, pool).accept(UUID.fromString(first));
    Failing.loudly(pool::stop);
    new Stock(place)
        .multiply(
            jobs - 1,
            List.of(
                new Stock.Copies(
                    "scheduled_tasks",
                    "task_instance",
                    first,
                    n -> new UUID(0, n + 1).toString())));
  }

  /** A handler that runs a command is told about an attempt, whoever calls it. */
  private Attempt attempt(String id) {
    Instant now = Instant.now();
    return new Attempt(
        UUID.fromString(id),
        OurApi.JOB_TYPE,
        numbers.incrementAndGet(),
        1,
        1,
        now,
        now,
        now,
        Optional.empty());
  }

  private static Runner noting(Entries entries, Runner handler) {
    return (attempt, input, killSwitch) -> {
      entries.one();
      return handler.run(attempt, input, killSwitch);
    };
  }

  private void latency(Table table, Storage storage) {
    Samples ours = new Samples();
    Samples bare = new Samples();
    for (int run = 0; run < plan.runs(); run++) {
      paceOurs(storage, ours);
      paceBare(storage, bare);
    }
    latencyRow(table, storage, "SS", ours);
    latencyRow(table, storage, "bare db-scheduler", bare);
  }

  private static void latencyRow(Table table, Storage storage, String side, Samples millis) {
    table.row(
        storage.name(),
        side,
        Table.number(millis.quantile(0.5), 1),
        Table.number(millis.quantile(0.99), 1),
        Table.number(millis.quantile(1), 1));
  }

  private void paceOurs(Storage storage, Samples millis) {
    ConcurrentHashMap<UUID, Long> begun = new ConcurrentHashMap<>();
    Runner noting =
        (attempt, input, killSwitch) -> {
          begun.put(attempt.jobId(), System.nanoTime());
          return DONE;
        };
    try (Storage.Place place = storage.create();
        OurApi api = new OurApi(place);
        OurWorker worker = new OurWorker(place, SLOTS, noting)) {
      worker.start();
      pace(
          begun,
          millis,
          submittedAt -> {
            long now = System.nanoTime();
            submittedAt.put(api.submit().id(), now);
          });
    }
  }

  private void paceBare(Storage storage, Samples millis) {
    ConcurrentHashMap<UUID, Long> begun = new ConcurrentHashMap<>();
    try (Storage.Place place = storage.create()) {
      BareScheduler.createTable(place);
      ManagedDataSource pool = Pools.open(place, 1, new MetricRegistry());
      Consumer<UUID> client = BareScheduler.client(place, pool);
      try (BareScheduler worker =
          new BareScheduler(
              place, SLOTS, id -> begun.put(UUID.fromString(id), System.nanoTime()))) {
        worker.start();
        pace(
            begun,
            millis,
            submittedAt -> {
              UUID id = UUID.randomUUID();
              submittedAt.put(id, System.nanoTime());
              client.accept(id);
            });
      }
      Failing.loudly(pool::stop);
    }
  }

  /** One after the other, at moments that have nothing to do with when the worker polls. */
  private void pace(
      ConcurrentHashMap<UUID, Long> begun,
      Samples millis,
      Consumer<ConcurrentHashMap<UUID, Long>> submit) {
    ConcurrentHashMap<UUID, Long> submitted = new ConcurrentHashMap<>();
    Random random = new Random(42);
    int jobs = plan.size(PACED_JOBS);
    for (int i = 0; i < jobs; i++) {
      Waiting.millis(20 + random.nextInt(60));
      submit.accept(submitted);
    }
    Waiting.until(() -> begun.size() == jobs, 10_000_000_000L, () -> begun.size() + " begun");
    submitted.forEach((id, time) -> millis.add((begun.get(id) - time) / 1e6));
  }
}
