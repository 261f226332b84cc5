package dev.ss.bench.jobs;

import dev.ss.bench.measure.Samples;
import dev.ss.bench.measure.Table;

/** Measures submissions per second, compared with a bare transaction of two rows. */
final class SubmitRate {
  private static final int SUBMISSIONS = 1500;
  private static final int BATCHES = 40;
  private static final int[] CLIENTS = {1, 8};

  private final Plan plan;

  SubmitRate(Plan plan) {
    this.plan = plan;
  }

  void run() {
    Table table =
        new Table(
            "Submissions/s",
            "database",
            "clients",
            "SS",
            "SS, batches of " + OurApi.BATCH,
            "SS over HTTP",
            "two bare rows",
            "SS / bare",
            "batches / SS",
            "HTTP / bare");
    for (Storage storage : plan.storages()) {
      for (int clients : CLIENTS) {
        measure(table, storage, clients);
      }
    }
    table.print();
  }

  private void measure(Table table, Storage storage, int clients) {
    Samples ours = new Samples();
    Samples batches = new Samples();
    Samples http = new Samples();
    Samples bare = new Samples();
    int submissions = plan.size(SUBMISSIONS);
    try (Storage.Place ourPlace = storage.create();
        Storage.Place httpPlace = storage.create();
        Storage.Place barePlace = storage.create();
        OurApi api = new OurApi(ourPlace);
        OwnProcess process = OwnProcess.api(plan, httpPlace);
        TwoRows twoRows = new TwoRows(barePlace)) {
      for (int run = -1; run < plan.runs(); run++) {
        double ourRate = Together.rate(clients, submissions, api::submit);
        double batchRate =
            OurApi.BATCH * Together.rate(clients, plan.size(BATCHES), api::submitBatch);
        double httpRate = Together.rate(clients, submissions, process::submit);
        double bareRate = Together.rate(clients, submissions, twoRows::submit);
        if (run >= 0) { // the first run warms up
          ours.add(ourRate);
          batches.add(batchRate);
          http.add(httpRate);
          bare.add(bareRate);
        }
      }
    }
    table.row(
        storage.name(),
        Integer.toString(clients),
        ours.text(0),
        batches.text(0),
        http.text(0),
        bare.text(0),
        ours.dividedBy(bare).text(2),
        batches.dividedBy(ours).text(1),
        http.dividedBy(bare).text(2));
  }
}
