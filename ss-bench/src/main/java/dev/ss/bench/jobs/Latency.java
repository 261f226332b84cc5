package dev.ss.bench.jobs;

import com.codahale.metrics.MetricRegistry;
import dev.ss.bench.measure.Samples;
import dev.ss.bench.measure.Table;
import dev.ss.job.Output;
import dev.ss.job.RunResult;
import dev.ss.worker.run.Runner;
import io.dropwizard.db.ManagedDataSource;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Measures the time from submission to start on an idle worker, compared with bare db-scheduler.
 */
final class Latency {
  /** The worker's default. */
  private static final int SLOTS = 4;

  private static final int PACED_JOBS = 60;
  private static final RunResult DONE = RunResult.exited(0, Output.empty(), Output.empty());

  private final Plan plan;

  Latency(Plan plan) {
    this.plan = plan;
  }

  void run() {
    Table table =
        new Table(
            "From submission to start, ms (poll interval 200 ms, an idle worker)",
            "database",
            "side",
            "p50",
            "p99",
            "max");
    for (Storage storage : plan.storages()) {
      measure(table, storage);
    }
    table.print();
  }

  private void measure(Table table, Storage storage) {
    Samples woken = new Samples();
    Samples polling = new Samples();
    Samples bare = new Samples();
    for (int run = 0; run < plan.runs(); run++) {
      paceOurs(storage, true, woken);
      paceOurs(storage, false, polling);
      paceBare(storage, bare);
    }
    row(table, storage, "SS", woken);
    row(table, storage, "SS without wake-ups", polling);
    row(table, storage, "bare db-scheduler", bare);
  }

  private static void row(Table table, Storage storage, String side, Samples millis) {
    table.row(
        storage.name(),
        side,
        Table.number(millis.quantile(0.5), 1),
        Table.number(millis.quantile(0.99), 1),
        Table.number(millis.quantile(1), 1));
  }

  private void paceOurs(Storage storage, boolean woken, Samples millis) {
    ConcurrentHashMap<UUID, Long> begun = new ConcurrentHashMap<>();
    Runner noting =
        (attempt, input, killSwitch, commandEnded) -> {
          begun.put(attempt.jobId(), System.nanoTime());
          return DONE;
        };
    try (Storage.Place place = storage.create();
        OurApi api = new OurApi(place);
        OurWorker worker = new OurWorker(place.section(), "bench", SLOTS, noting)) {
      worker.start();
      if (woken) {
        worker.listen();
      }
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

  /** Submits one job after another, at times independent of the worker's polling. */
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
