package dev.ss.bench.jobs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A {@link WorkerMain}, as on a machine of its own but for the machine. */
final class WorkerProcess implements AutoCloseable {
  private final Process process;
  private final PrintStream orders;
  private final BufferedReader answers;

  WorkerProcess(Path directory, String id) {
    try {
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx256m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  WorkerMain.class.getName(),
                  directory.toString(),
                  id)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  void open(Storage.Place place, int slots, Handler handler) {
    order(
        "open %s %s %d %s"
            .formatted(place.section().url(), place.section().user(), slots, handler.name()));
  }

  void start() {
    order("start");
  }

  /** Ends the worker, not its process. */
  void end() {
    order("close");
  }

  private void order(String line) {
    orders.println(line);
    try {
      if (!line.equals(answers.readLine())) {
        throw new IllegalStateException("a worker has ended instead of: " + line);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Of its commands as well. */
  double cpuSeconds() {
    return ProcessorTime.withChildren(process.pid());
  }

  @Override
  public void close() {
    orders.close();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
