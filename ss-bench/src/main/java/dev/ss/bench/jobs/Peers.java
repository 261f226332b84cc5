package dev.ss.bench.jobs;

import dev.ss.bench.jobs.Figures.Figure;
import dev.ss.bench.measure.Samples;
import dev.ss.bench.measure.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Compares SS with other queues on the same PostgreSQL, each in a separate process, in turns. */
final class Peers {
  /** The worker's default. */
  private static final int SLOTS = 4;

  private static final int JOBS = 4000;
  private static final int SLOW_JOBS = 800;
  private static final int SECONDS = 60;

  private final Plan plan;

  Peers(Plan plan) {
    this.plan = plan;
  }

  /** Compares how fast all of them run jobs. */
  void run() {
    onPostgresql(
        sides -> {
          NodePeers installed = NodePeers.install(plan.jars());
          sides.addAll(installed.graphileWorkers());
          sides.addAll(installed.pgBosses());
        },
        this::compare);
  }

  /**
   * Compares how much burdens slow them down. pg-boss is left out because its runs would take an
   * hour.
   */
  void runBurdened() {
    onPostgresql(
        sides -> sides.addAll(NodePeers.install(plan.jars()).graphileWorkers()),
        (storage, sides) -> {
          sides.forEach(side -> warmUp(storage, side, Handler.NOTHING, plan.size(JOBS)));
          new Burdens(plan, SLOTS, sides).run(storage);
        });
  }

  private void onPostgresql(
      Consumer<List<Side>> others, BiConsumer<Storage, List<Side>> comparison) {
    for (Storage storage : plan.storages()) {
      if (storage instanceof Storage.Postgres) {
        List<Side> sides = new ArrayList<>();
        try {
          sides.add(javaSide(JavaSide.SS, "SS"));
          sides.add(javaSide(JavaSide.DB_SCHEDULER, "bare db-scheduler"));
          others.accept(sides);
          comparison.accept(storage, sides);
        } finally {
          sides.forEach(Side::close);
        }
      }
    }
  }

  private Side javaSide(JavaSide side, String title) {
    return new Side(title, false, side, SideProcess.java(side, plan.directory()));
  }

  private void compare(Storage storage, List<Side> sides) {
    Table all =
        new Table(
            "Jobs/s beside peers (%d slots)".formatted(SLOTS),
            "handler",
            "queue",
            "jobs/s",
            "SS / it",
            "CPU ms/job: client and commands",
            "server",
            "WAL, bytes/job",
            "dead rows/job",
            "commits/job");
    Table fastest =
        new Table(
            "SS / the fastest peer (jobs/s)",
            "handler",
            "fastest that claims no more than it runs",
            "SS / it",
            "fastest of all",
            "SS / it");
    for (Handler handler : Handler.values()) {
      Map<Side, Figures> figures = drain(storage, sides, handler);
      rows(all, handler, figures);
      fastest.row(
          handler.title(),
          fastest(figures, side -> !side.prefetches()).title(),
          ratio(figures, fastest(figures, side -> !side.prefetches())),
          fastest(figures, side -> true).title(),
          ratio(figures, fastest(figures, side -> true)));
    }
    PeerNotes.ALL.forEach(all::note);
    all.print();
    fastest.print();
  }

  private Map<Side, Figures> drain(Storage storage, List<Side> sides, Handler handler) {
    int jobs = plan.size(handler == Handler.NOTHING ? JOBS : SLOW_JOBS);
    Map<Side, Figures> figures = new LinkedHashMap<>();
    sides.forEach(side -> warmUp(storage, side, handler, jobs));
    for (int run = 0; run < plan.runs(); run++) {
      for (Side side : sides) {
        drain(storage, side, handler, jobs, figures.computeIfAbsent(side, each -> new Figures()));
      }
    }
    return figures;
  }

  private void warmUp(Storage storage, Side side, Handler handler, int jobs) {
    plan.warmUp(() -> drain(storage, side, handler, jobs * 2, new Figures()));
  }

  private static void drain(Storage storage, Side side, Handler handler, int jobs, Figures into) {
    try (Storage.Place place = storage.create()) {
      side.filling().prepare(place);
      side.filling().fill(place, jobs);
      place.settle();
      new SideRun(side, SLOTS, handler, jobs, true, SECONDS).measure(place, into);
    }
  }

  private static void rows(Table table, Handler handler, Map<Side, Figures> figures) {
    figures.forEach(
        (side, seen) ->
            table.row(
                handler.title(),
                side.title(),
                seen.range(Figure.RATE),
                ratio(figures, side),
                seen.median(Figure.CLIENT_CPU),
                seen.median(Figure.SERVER_CPU),
                seen.median(Figure.WAL_BYTES),
                seen.median(Figure.DEAD_ROWS),
                seen.median(Figure.COMMITS)));
  }

  /** SS is the first side. */
  private static String ratio(Map<Side, Figures> figures, Side other) {
    Samples ours = figures.values().iterator().next().of(Figure.RATE);
    return ours.dividedBy(figures.get(other).of(Figure.RATE)).text(2);
  }

  private static Side fastest(Map<Side, Figures> figures, Predicate<Side> which) {
    return figures.keySet().stream()
        .skip(1)
        .filter(which)
        .max(Comparator.comparingDouble(side -> figures.get(side).of(Figure.RATE).median()))
        .orElseThrow();
  }
}
