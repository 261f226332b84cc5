package dev.ss.bench.jobs;

import dev.ss.bench.jobs.Figures.Figure;
import dev.ss.bench.measure.Samples;
import dev.ss.bench.measure.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares how queues slow down with many jobs queued, with many jobs kept, and with dead rows that
 * vacuum cannot remove.
 */
final class Burdens {
  private static final int RUNS = 3;
  private static final int JOBS = 6000;
  private static final int SECONDS = 15;
  private static final int QUEUED = 100_000;
  private static final int KEPT = 1_000_000;

  private final Plan plan;
  private final int slots;
  private final List<Side> sides;

  Burdens(Plan plan, int slots, List<Side> sides) {
    this.plan = plan;
    this.slots = slots;
    this.sides = sides;
  }

  /** The load on a database besides the jobs that are run. */
  private enum Burden {
    NONE,
    QUEUED,
    KEPT,
    HELD
  }

  void run(Storage storage) {
    int jobs = plan.size(JOBS);
    Table table =
        new Table(
            "Jobs/s under burdens (a job does nothing, %d jobs, %d slots)".formatted(jobs, slots),
            "burden",
            "queue",
            "jobs/s",
            "of the first tenth",
            "of the last tenth",
            "last / first",
            "/ without burden",
            "CPU ms/job: client",
            "server",
            "WAL, bytes/job");
    Map<Side, Figures> unburdened = new LinkedHashMap<>();
    for (Burden burden : Burden.values()) {
      Map<Side, Figures> figures = measure(storage, burden, jobs);
      if (burden == Burden.NONE) {
        unburdened = figures;
      }
      for (Side side : sides) {
        row(table, title(burden), side, figures.get(side), unburdened.get(side));
      }
    }
    table.note(
        "Tenths are of the jobs, in the order in which they began. More queued: of all that is"
            + " queued only the first %d are run. A run ends after %d s at the latest."
                .formatted(jobs, SECONDS));
    table.note(
        "pg-boss is left out: with 6,000 jobs queued it runs a hundred per second, and fewer with more.");
    table.note(
        "Held: a transaction of another connection (repeatable read) began before the run, so that"
            + " no row that the run leaves behind can be cleared away.");
    table.print();
  }

  private String title(Burden burden) {
    return switch (burden) {
      case NONE -> "none";
      case QUEUED -> Table.grouped(plan.size(QUEUED)) + " more queued";
      case KEPT -> Table.grouped(plan.size(KEPT)) + " final jobs kept";
      case HELD -> "a transaction held open";
    };
  }

  private static void row(
      Table table, String burden, Side side, Figures figures, Figures unburdened) {
    if (figures.isEmpty()) {
      table.row(burden, side.title(), "keeps none", "", "", "", "", "", "", "");
      return;
    }
    Samples first = figures.of(Figure.FIRST_TENTH);
    table.row(
        burden,
        side.title(),
        figures.range(Figure.RATE),
        side.prefetches() ? "–" : figures.median(Figure.FIRST_TENTH),
        side.prefetches() ? "–" : figures.median(Figure.LAST_TENTH),
        side.prefetches()
            ? "–"
            : Table.number(figures.of(Figure.LAST_TENTH).dividedBy(first).median(), 2),
        Table.number(figures.of(Figure.RATE).median() / unburdened.of(Figure.RATE).median(), 2),
        figures.median(Figure.CLIENT_CPU),
        figures.median(Figure.SERVER_CPU),
        figures.median(Figure.WAL_BYTES));
  }

  private Map<Side, Figures> measure(Storage storage, Burden burden, int jobs) {
    Map<Side, Figures> figures = new LinkedHashMap<>();
    Map<Side, Storage.Place> places = new LinkedHashMap<>();
    try {
      for (Side side : sides) {
        Storage.Place place = storage.create();
        places.put(side, place);
        figures.put(side, new Figures());
        side.filling().prepare(place);
        if (!load(burden, side, place)) {
          places.remove(side).close();
        }
      }
      for (int run = 0; run < (plan.quick() ? 1 : RUNS); run++) {
        places.forEach((side, place) -> drain(burden, side, place, jobs, figures.get(side)));
      }
    } finally {
      places.values().forEach(Storage.Place::close);
    }
    return figures;
  }

  /** Loads the database; returns false if this side cannot have the burden. */
  private boolean load(Burden burden, Side side, Storage.Place place) {
    return switch (burden) {
      case NONE, HELD -> true;
      case QUEUED -> {
        side.filling().fill(place, plan.size(QUEUED));
        yield true;
      }
      case KEPT -> side.filling().keep(place, plan.size(KEPT));
    };
  }

  private void drain(Burden burden, Side side, Storage.Place place, int jobs, Figures into) {
    side.filling().fill(place, jobs);
    place.settle();
    SideRun run = new SideRun(side, slots, Handler.NOTHING, jobs, burden != Burden.QUEUED, SECONDS);
    if (burden == Burden.HELD) {
      new HeldTransaction(place).during(() -> run.measure(place, into));
    } else {
      run.measure(place, into);
    }
  }
}
