package dev.ss.bench.jobs;

import dev.ss.bench.measure.Samples;
import dev.ss.bench.measure.Table;
import java.util.ArrayList;
import java.util.Collections;
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
        "Small submissions: %d clients with a pause of %d ms after each answer, during the phase."
            .formatted(SMALL_CLIENTS, SMALL_PAUSE_MILLIS));
    table.note("Each output is compared with its input, byte for byte.");
    plan.storages().forEach(storage -> measure(table, storage));
    table.print();
  }

  private void measure(Table table, Storage storage) {
    try (Storage.Place place = storage.create();
        OwnProcess api = OwnProcess.api(plan, place, HEAP);
        OwnProcess worker = OwnProcess.worker(plan, place, HEAP)) {
      long size = plan.size(MEBIBYTES) * (1L << 20);
      LargeJobs warmUp = new LargeJobs(api, 2, size / 4);
      phase(api, warmUp::submit);
      phase(api, () -> Waiting.millis(plan.size(IDLE_SECONDS) * 1000L));
      warmUp.awaitSuccess();
      warmUp.readBack();

      LargeJobs large = new LargeJobs(api, JOBS, size);
      Phase idle = phase(api, () -> Waiting.millis(plan.size(IDLE_SECONDS) * 1000L));
      row(table, storage, "idle", idle, idle, api, worker);
      row(table, storage, "in", phase(api, large::submit), idle, api, worker);
      row(table, storage, "run", phase(api, large::awaitSuccess), idle, api, worker);
      row(table, storage, "back", phase(api, large::readBack), idle, api, worker);
    }
  }

  private static void row(
      Table table,
      Storage storage,
      String name,
      Phase phase,
      Phase idle,
      OwnProcess api,
      OwnProcess worker) {
    table.row(
        storage.name(),
        name,
        Table.number(phase.seconds, 1),
        Integer.toString(phase.count),
        Table.number(phase.millis.quantile(0.5), 1),
        Table.number(phase.millis.quantile(0.99), 1),
        Table.number(phase.millis.quantile(0.99) / idle.millis.quantile(0.99), 2),
        "%.0f, %.0f".formatted(api.residentMebibytes(), worker.residentMebibytes()));
  }

  /**
   * What small submissions took while something else went on.
   *
   * @param millis one value for each of them
   */
  private record Phase(double seconds, int count, Samples millis) {}

  private static Phase phase(OwnProcess api, Runnable work) {
    List<Double> millis = Collections.synchronizedList(new ArrayList<>());
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService clients = Executors.newFixedThreadPool(SMALL_CLIENTS);
    try {
      Runnable client = () -> submitSmall(api, millis, over);
      List<CompletableFuture<Void>> submitting =
          Stream.generate(() -> CompletableFuture.runAsync(client, clients))
              .limit(SMALL_CLIENTS)
              .toList();
      long begin = System.nanoTime();
      work.run();
      double seconds = (System.nanoTime() - begin) / 1e9;
      over.set(true);
      submitting.forEach(CompletableFuture::join);
      return new Phase(seconds, millis.size(), new Samples(millis));
    } finally {
      over.set(true);
      clients.shutdown();
    }
  }

  private static void submitSmall(OwnProcess api, List<Double> millis, AtomicBoolean over) {
    while (!over.get()) {
      long begin = System.nanoTime();
      api.submit();
      millis.add((System.nanoTime() - begin) / 1e6);
      Waiting.millis(SMALL_PAUSE_MILLIS);
    }
  }
}
