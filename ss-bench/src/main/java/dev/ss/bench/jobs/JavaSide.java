package dev.ss.bench.jobs;

/** The sides that are written in Java. */
enum JavaSide implements Side.Filling {
  SS {
    @Override
    SideOfComparison worker(
        Storage.Place place, int slots, Handler handler, Entries entries, Runners runners) {
      return new OurWorker(
          place.section(), ID, slots, OurWorker.noting(entries, runners.of(handler)));
    }

    @Override
    public void prepare(Storage.Place place) {
      new OurApi(place).close();
    }

    @Override
    public void fill(Storage.Place place, int jobs) {
      try (OurApi api = new OurApi(place)) {
        api.fill(place, jobs);
      }
    }

    @Override
    public boolean keep(Storage.Place place, int jobs) {
      new OurTables(place).keepSucceeded(jobs);
      return true;
    }

    @Override
    public long left(Storage.Place place) {
      return new OurTables(place).unfinished();
    }
  },

  DB_SCHEDULER {
    @Override
    SideOfComparison worker(
        Storage.Place place, int slots, Handler handler, Entries entries, Runners runners) {
      return switch (handler) {
        case NOTHING -> new BareScheduler(place, slots, id -> entries.one());
        case TEN_MILLIS ->
            new BareScheduler(
                place,
                slots,
                id -> {
                  entries.one();
                  Waiting.millis(10);
                });
        case PROCESS ->
            BareScheduler.storing(
                place,
                slots,
                () -> {
                  entries.one();
                  return PlainCommand.run("/bin/true");
                });
      };
    }

    @Override
    public void prepare(Storage.Place place) {
      BareScheduler.createTable(place);
      BareScheduler.createOutputs(place);
    }

    @Override
    public void fill(Storage.Place place, int jobs) {
      BareScheduler.fill(place, jobs);
    }

    /** db-scheduler removes tasks that have ended. */
    @Override
    public boolean keep(Storage.Place place, int jobs) {
      return false;
    }

    @Override
    public long left(Storage.Place place) {
      return new Stock(place).count("scheduled_tasks", "true");
    }
  };

  static final String ID = "bench";

  /**
   * Makes the worker that runs the side's jobs.
   *
   * @param entries records when each job begins
   * @param runners the runners of SS's worker
   */
  abstract SideOfComparison worker(
      Storage.Place place, int slots, Handler handler, Entries entries, Runners runners);
}
