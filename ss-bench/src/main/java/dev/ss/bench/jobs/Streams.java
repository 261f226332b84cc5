package dev.ss.bench.jobs;

import dev.ss.bench.measure.Samples;
import dev.ss.bench.measure.Table;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Measures large inputs and outputs through both processes, and how long small submissions take
 * meanwhile.
 */
final class Streams {
  private static final int JOBS = 8;
  private static final int MEBIBYTES = 64;
  private static final int SMALL_CLIENTS = 2;
  private static final long SMALL_PAUSE_MILLIS = 20;
  private static final int IDLE_SECONDS = 10;
  private static final int ROUNDS = 5;
  private static final String HEAP = "-Xmx128m";

  private final Plan plan;

  Streams(Plan plan) {
    this.plan = plan;
  }

  void run() {
    Table table =
        new Table(
            "%d x %d MiB of random bytes at once through cat, API and worker at %s"
                .formatted(JOBS, plan.size(MEBIBYTES), HEAP),
            "database",
            "phase",
            "seconds",
            "small submissions",
            "p50, ms",
            "p99, ms",
            "p99 / idle",
            "VmRSS of API and worker, MiB");
    table.note(
        "%d rounds in the same processes after one to warm up: the median of the seconds, the largest VmRSS."
            .formatted(plan.size(ROUNDS)));
    table.note(
        "Small submissions: %d clients with a pause of %d ms after each answer, in the phase of all rounds."
            .formatted(SMALL_CLIENTS, SMALL_PAUSE_MILLIS));
    table.note("Each output is compared with its input, byte for byte.");
    plan.storages().forEach(storage -> measure(table, storage));
    table.print();
  }

  private void measure(Table table, Storage storage) {
    try (Storage.Place place = storage.create();
        OwnProcess api = OwnProcess.api(plan, place, HEAP);
        OwnProcess worker = OwnProcess.worker(plan, place, HEAP)) {
      phases(api, worker).forEach(Phase::run);
      List<Phase> phases = phases(api, worker);
      for (int round = 0; round < plan.size(ROUNDS); round++) {
        phases.forEach(Phase::run);
      }
      phases.forEach(phase -> phase.row(table, storage, phases.get(0)));
    }
  }

  private List<Phase> phases(OwnProcess api, OwnProcess worker) {
    LargeJobs large = new LargeJobs(api, JOBS, plan.size(MEBIBYTES) * (1L << 20));
    Runnable pause = () -> Waiting.millis(plan.size(IDLE_SECONDS) * 1000L);
    return List.of(
        new Phase("idle", pause, api, worker),
        new Phase("in", large::submit, api, worker),
        new Phase("run", large::awaitSuccess, api, worker),
        new Phase("back", large::readBack, api, worker));
  }

  /** What small submissions take while something else goes on, each time that it does. */
  private static final class Phase {
    private final String name;
    private final Runnable work;
    private final OwnProcess api;
    private final OwnProcess worker;

    private final Samples seconds = new Samples();
    private final Samples apiMebibytes = new Samples();
    private final Samples workerMebibytes = new Samples();

    /** Guarded by itself: the clients add to it. */
    private final Samples millis = new Samples();

    Phase(String name, Runnable work, OwnProcess api, OwnProcess worker) {
      this.name = name;
      this.work = work;
      this.api = api;
      this.worker = worker;
    }

    void run() {
      AtomicBoolean over = new AtomicBoolean();
      ExecutorService clients = Executors.newFixedThreadPool(SMALL_CLIENTS);
      try {
        List<CompletableFuture<Void>> submitting =
            Stream.generate(() -> CompletableFuture.runAsync(() -> submitSmall(over), clients))
                .limit(SMALL_CLIENTS)
                .toList();
        long begin = System.nanoTime();
        work.run();
        seconds.add((System.nanoTime() - begin) / 1e9);
        over.set(true);
        submitting.forEach(CompletableFuture::join);
      } finally {
        over.set(true);
        clients.shutdown();
      }
      apiMebibytes.add(api.residentMebibytes());
      workerMebibytes.add(worker.residentMebibytes());
    }

    private void submitSmall(AtomicBoolean over) {
      while (!over.get()) {
        long begin = System.nanoTime();
        api.submit();
        double took = (System.nanoTime() - begin) / 1e6;
        synchronized (millis) {
          millis.add(took);
        }
        Waiting.millis(SMALL_PAUSE_MILLIS);
      }
    }

    void row(Table table, Storage storage, Phase idle) {
      table.row(
          storage.name(),
          name,
          Table.number(seconds.median(), 1),
          Integer.toString(millis.count()),
          Table.number(millis.median(), 1),
          Table.number(millis.quantile(0.99), 1),
          Table.number(millis.quantile(0.99) / idle.millis.quantile(0.99), 2),
          "%.0f, %.0f".formatted(apiMebibytes.quantile(1), workerMebibytes.quantile(1)));
    }
  }
}
