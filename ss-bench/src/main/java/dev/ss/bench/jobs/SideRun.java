package dev.ss.bench.jobs;

import dev.ss.bench.jobs.Figures.Figure;
import dev.ss.bench.measure.ProcessorTime;

/**
 * One measured run of a side.
 *
 * @param jobs how many jobs are to begin
 * @param all whether there are no other jobs
 * @param seconds the time after which no more jobs begin
 */
record SideRun(Side side, int slots, Handler handler, int jobs, boolean all, int seconds) {

  /** Runs the jobs and adds the figures. The counters are read while nothing else is connected. */
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
