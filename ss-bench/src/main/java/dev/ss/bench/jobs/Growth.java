package dev.ss.bench.jobs;

import dev.ss.bench.measure.Samples;
import dev.ss.bench.measure.Table;
import dev.ss.config.WorkerSection;
import dev.ss.job.JobState;
import dev.ss.job.Output;
import dev.ss.job.RunResult;
import dev.ss.store.JobFilter;
import dev.ss.store.Jobs;
import dev.ss.store.Jobs.Order;
import dev.ss.store.Jobs.PageRequest;
import dev.ss.store.QueueStatsQuery;
import dev.ss.store.Workers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Measures the cost of a job, and of queries, as the number of queued jobs grows. */
final class Growth {
  private static final int[] DEPTHS = {1_000, 10_000, 100_000};
  private static final int SLOTS = 4;
  private static final int SUBMISSIONS = 500;
  private static final int CLAIMS = 800;

  /** Claims before the clock starts, because a worker is slower right after its start. */
  private static final int FIRST = 200;

  /** The fifty jobs of a page, and one more that tells whether it is the last page. */
  private static final int PAGE = 51;

  private static final int LOOKS = 20;

  private final Plan plan;

  Growth(Plan plan) {
    this.plan = plan;
  }

  private enum Cost {
    SUBMIT("submit, ms per job", true),
    CLAIM("claim, run nothing and finish, ms per job", true),
    FIRST_PAGE("list: first page, ms", false),
    QUEUED_PAGE("list: state=queued, ms", false),
    FAILED_PAGE("list: state=failed, of which there is none, ms", false),
    TYPE_PAGE("list: job_type and state of which there is none, ms", false),
    DEEP_PAGE("list: cursor in the middle, ms", false),
    SNAPSHOT("queue snapshot, ms", false);

    private final String title;
    private final boolean perJob;

    Cost(String title, boolean perJob) {
      this.title = title;
      this.perJob = perJob;
    }
  }

  void run() {
    Table table =
        new Table(
            "How cost grows with the jobs that are queued (4 slots, 1 client)",
            "database",
            "cost",
            "1,000",
            "10,000",
            "100,000",
            "100,000 / 1,000");
    for (Storage storage : plan.storages()) {
      measure(table, storage);
    }
    table.print();
  }

  private void measure(Table table, Storage storage) {
    Map<Integer, Map<Cost, Samples>> costs = new TreeMap<>();
    Map<Integer, Storage.Place> places = new LinkedHashMap<>();
    Map<Integer, OurApi> apis = new LinkedHashMap<>();
    try {
      for (int depth : DEPTHS) {
        Storage.Place place = storage.create();
        places.put(depth, place);
        OurApi api = new OurApi(place);
        apis.put(depth, api);
        api.fill(place, depth);
        costs.put(depth, new TreeMap<>());
      }
      for (int run = -1; run < plan.runs(); run++) {
        for (int depth : DEPTHS) {
          Map<Cost, Samples> into = run < 0 ? new TreeMap<>() : costs.get(depth);
          Deep deep = new Deep(places.get(depth), apis.get(depth), into);
          deep.submit();
          deep.look();
          deep.claim();
          apis.get(depth).fill(places.get(depth), FIRST + CLAIMS - SUBMISSIONS);
        }
      }
    } finally {
      apis.values().forEach(OurApi::close);
      places.values().forEach(Storage.Place::close);
    }
    for (Cost cost : Cost.values()) {
      int decimals = cost.perJob ? 3 : 2;
      table.row(
          storage.name(),
          cost.title,
          costs.get(DEPTHS[0]).get(cost).text(decimals),
          costs.get(DEPTHS[1]).get(cost).text(decimals),
          costs.get(DEPTHS[2]).get(cost).text(decimals),
          costs.get(DEPTHS[2]).get(cost).dividedBy(costs.get(DEPTHS[0]).get(cost)).text(2));
    }
  }

  /** A database with a queue of some depth. */
  private record Deep(Storage.Place place, OurApi api, Map<Cost, Samples> into) {

    private void note(Cost cost, double value) {
      into.computeIfAbsent(cost, each -> new Samples()).add(value);
    }

    void submit() {
      note(Cost.SUBMIT, 1e3 / Together.rate(1, SUBMISSIONS, api::submit));
    }

    void claim() {
      Entries entries = new Entries(FIRST + CLAIMS);
      try (OurWorker worker =
          new OurWorker(
              place.section(),
              "bench",
              SLOTS,
              (attempt, input, killSwitch, commandEnded) -> {
                entries.one();
                return RunResult.exited(0, Output.empty(), Output.empty());
              })) {
        worker.start();
        entries.await();
      }
      note(Cost.CLAIM, 1e3 / entries.rateAfter(FIRST));
    }

    void look() {
      Jobs jobs = new Jobs(api.database());
      QueueStatsQuery queue =
          new QueueStatsQuery(
              api.database(),
              new Workers(api.database()),
              WorkerSection.defaults().lease(),
              api.clock());
      UUID middle = new OurTables(place).middle();
      time(Cost.FIRST_PAGE, () -> jobs.list(page(null, null, null)));
      time(Cost.QUEUED_PAGE, () -> jobs.list(page(JobState.QUEUED, null, null)));
      time(Cost.FAILED_PAGE, () -> jobs.list(page(JobState.FAILED, null, null)));
      time(Cost.TYPE_PAGE, () -> jobs.list(page(JobState.FAILED, OurApi.JOB_TYPE, null)));
      time(Cost.DEEP_PAGE, () -> jobs.list(page(null, null, middle)));
      time(Cost.SNAPSHOT, queue::stats);
    }

    private static PageRequest page(JobState state, String type, UUID before) {
      JobFilter filter =
          new JobFilter(
              state == null ? Set.of() : Set.of(state),
              type == null ? Set.of() : Set.of(type),
              Set.of(),
              Set.of(),
              Set.of(),
              Optional.empty(),
              Optional.empty());
      return new PageRequest(filter, Order.NEWEST, Optional.ofNullable(before), PAGE);
    }

    private void time(Cost cost, Runnable look) {
      Samples looks = new Samples();
      for (int i = 0; i < LOOKS; i++) {
        long begin = System.nanoTime();
        look.run();
        looks.add((System.nanoTime() - begin) / 1e6);
      }
      note(cost, looks.median());
    }
  }
}
