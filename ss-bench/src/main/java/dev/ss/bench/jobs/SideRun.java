package dev.ss.bench.jobs;

import dev.ss.bench.jobs.Figures.Figure;

/**
 * A side runs jobs that are queued.
 *
 * @param jobs how many are to begin
 * @param all whether there are no others
 * @param seconds after which no more begin
 */
record SideRun(Side side, int slots, Handler handler, int jobs, boolean all, int seconds) {

  /** Notes what it costs. Before and after, nobody is connected to the database. */
  void measure(Storage.Place place, Figures into) {
    long server = ServerWork.postmaster(place);
    ServerWork before = ServerWork.soFar(place);
    double serverCpu = ProcessorTime.ofTree(server);
    double clientCpu = side.process().cpuSeconds();
    Drained drained = side.drain(place, slots, handler, jobs, all, seconds);
    clientCpu = side.process().cpuSeconds() - clientCpu;
    serverCpu = ProcessorTime.ofTree(server) - serverCpu;
    ServerWork work = ServerWork.soFar(place).since(before);
    if (all && drained.begun() == jobs && side.filling().left(place) != 0) {
      throw new IllegalStateException(side.title() + " has not ended all its jobs");
    }
    note(into, drained, work);
    into.add(Figure.CLIENT_CPU, clientCpu * 1e3 / drained.begun());
    into.add(Figure.SERVER_CPU, serverCpu * 1e3 / drained.begun());
  }

  private static void note(Figures into, Drained drained, ServerWork work) {
    into.add(Figure.RATE, drained.rate());
    into.add(Figure.FIRST_TENTH, drained.rateOfFirstTenth());
    into.add(Figure.LAST_TENTH, drained.rateOfLastTenth());
    into.add(Figure.WAL_BYTES, work.walBytes() / drained.begun());
    into.add(Figure.DEAD_ROWS, work.deadRows() / drained.begun());
    into.add(Figure.COMMITS, work.commits() / drained.begun());
  }
}
