package dev.ss.bench.jobs;

import com.sun.management.OperatingSystemMXBean;
import dev.ss.bench.measure.Samples;
import dev.ss.bench.measure.Table;
import dev.ss.job.Attempt;
import dev.ss.worker.run.InputSource;
import dev.ss.worker.run.KillSwitch;
import dev.ss.worker.run.Runner;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures jobs per second on SQLite, compared with bare db-scheduler. {@link Peers} compares them
 * on PostgreSQL.
 */
final class Throughput {
  /** The worker's default. */
  private static final int SLOTS = 4;

  private static final int JOBS = 2000;
  private static final int PROCESSES = 400;

  private final Plan plan;
  private final Map<Handler, Runner> runners = new EnumMap<>(Handler.class);
  private final AtomicInteger numbers = new AtomicInteger();

  Throughput(Plan plan) {
    this.plan = plan;
    for (Handler handler : Handler.values()) {
      runners.put(handler, handler.runner(plan.directory(), "bench"));
    }
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
    for (Storage storage : plan.storages()) {
      if (storage instanceof Storage.Sqlite) {
        drained(drained, storage, Handler.NOTHING, plan.size(JOBS));
        drained(drained, storage, Handler.TEN_MILLIS, plan.size(PROCESSES));
        drained(drained, storage, Handler.PROCESS, plan.size(PROCESSES));
      }
    }
    drained.print();
  }

  /** The measured values of one side. */
  private record Drained(Samples jobsPerSecond, Samples cpuMillisPerJob) {
    Drained() {
      this(new Samples(), new Samples());
    }

    /** Measures from the start of the worker to the commit of the last job. */
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

  private void drained(Table table, Storage storage, Handler kind, int jobs) {
    Runner handler = runners.get(kind);
    plan.warmUp(() -> drainOurs(new Drained(), storage, handler, jobs));
    plan.warmUp(() -> drainBare(new Drained(), storage, handler, jobs));
    Drained ours = new Drained();
    Drained bare = new Drained();
    for (int run = 0; run < plan.runs(); run++) {
      drainOurs(ours, storage, handler, jobs);
      drainBare(bare, storage, handler, jobs);
    }
    table.row(
        storage.name(),
        kind.title(),
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
      try (OurWorker worker =
          new OurWorker(place.section(), "bench", SLOTS, OurWorker.noting(entries, handler))) {
        into.drain(worker, entries);
      }
    }
  }

  private void drainBare(Drained into, Storage storage, Runner handler, int jobs) {
    Entries entries = new Entries(jobs);
    try (Storage.Place place = storage.create()) {
      BareScheduler.createTable(place);
      BareScheduler.fill(place, jobs);
      try (BareScheduler worker =
          new BareScheduler(
              place,
              SLOTS,
              id -> {
                entries.one();
                handler.run(attempt(id), InputSource.of(new byte[0]), new KillSwitch(), () -> {});
              })) {
        into.drain(worker, entries);
      }
    }
  }

  /** A handler that runs a command needs an attempt, whichever queue calls it. */
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
}
