package dev.ss.bench.jobs;

import dev.ss.bench.measure.ProcessorTime;
import java.nio.file.Path;

/** A {@link WorkerMain}: SS's worker in a separate JVM. */
final class WorkerProcess implements AutoCloseable {
  private final LineProcess process;

  WorkerProcess(Path directory, String id) {
    process = LineProcess.java(WorkerMain.class, directory.toString(), id);
  }

  void open(Storage.Place place, int slots, Handler handler) {
    order(
        "open %s %s %d %s"
            .formatted(place.section().url(), place.section().user(), slots, handler.name()));
  }

  void start() {
    order("start");
  }

  /** Ends the worker, but not its process. */
  void end() {
    order("close");
  }

  private void order(String line) {
    String answer = process.ask(line);
    if (!answer.equals(line)) {
      throw new IllegalStateException("a worker answers " + answer + " to " + line);
    }
  }

  /** Returns the processor time used, including ended commands, in seconds. */
  double cpuSeconds() {
    return ProcessorTime.withChildren(process.pid());
  }

  @Override
  public void close() {
    process.close();
  }
}
