package dev.ss.bench.jobs;

import dev.ss.bench.measure.Samples;
import dev.ss.bench.measure.Table;

/** Measures how long both processes take to start, and their resident memory. */
final class Memory {
  private static final int JOBS = 10_000;
  private static final int CLIENTS = 4;
  private static final long IDLE_MILLIS = 3_000;
  private static final long PATIENCE_NANOS = 300_000_000_000L;

  private final Plan plan;

  Memory(Plan plan) {
    this.plan = plan;
  }

  /** The measured values of one of the processes. */
  private record Seen(Samples secondsToStart, Samples idle, Samples afterJobs) {
    Seen() {
      this(new Samples(), new Samples(), new Samples());
    }

    void started(OwnProcess process) {
      secondsToStart.add(process.secondsToStart());
      idle.add(process.residentMebibytes());
    }
  }

  void run() {
    Table table =
        new Table(
            "Start-up and resident memory, with the JVM's defaults",
            "database",
            "process",
            "ready after, s",
            "VmRSS idle, MiB",
            "VmRSS after %d jobs, MiB".formatted(plan.size(JOBS)));
    for (Storage storage : plan.storages()) {
      Seen api = new Seen();
      Seen worker = new Seen();
      for (int run = 1; run <= plan.runs(); run++) {
        start(storage, api, worker, run == plan.runs());
      }
      row(table, storage, "API", api);
      row(table, storage, "worker", worker);
    }
    table.print();
  }

  /** Starts both; on the last run, has them do all the jobs. */
  private void start(Storage storage, Seen apiSeen, Seen workerSeen, boolean withJobs) {
    try (Storage.Place place = storage.create();
        OwnProcess api = OwnProcess.api(plan, place);
        OwnProcess worker = OwnProcess.worker(plan, place)) {
      Waiting.millis(IDLE_MILLIS);
      apiSeen.started(api);
      workerSeen.started(worker);
      if (withJobs) {
        OurTables tables = new OurTables(place);
        int jobs = plan.size(JOBS);
        Together.rate(CLIENTS, jobs, api::submit);
        Waiting.until(
            () -> {
              Waiting.millis(500);
              return tables.succeeded() == jobs;
            },
            PATIENCE_NANOS,
            () -> tables.succeeded() + " jobs are done");
        apiSeen.afterJobs().add(api.residentMebibytes());
        workerSeen.afterJobs().add(worker.residentMebibytes());
      }
    }
  }

  private static void row(Table table, Storage storage, String process, Seen seen) {
    table.row(
        storage.name(),
        process,
        seen.secondsToStart().text(2),
        seen.idle().text(0),
        Table.number(seen.afterJobs().median(), 0));
  }
}
