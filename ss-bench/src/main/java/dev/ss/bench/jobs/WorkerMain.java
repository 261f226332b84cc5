package dev.ss.bench.jobs;

import ch.qos.logback.classic.Level;
import dev.ss.config.DatabaseSection;
import io.dropwizard.logging.common.BootstrapLogging;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Runs {@link OurWorker} in a separate process, on one database after another, so that the JVM
 * stays warm. It executes each line of its input, answers it, and ends when the input ends.
 */
public final class WorkerMain {
  private final String id;
  private final Runners runners;
  private Optional<OurWorker> worker = Optional.empty();

  private WorkerMain(Path directory, String id) {
    this.id = id;
    this.runners = new Runners(directory, id);
  }

  /**
   * Runs until the input ends.
   *
   * @param arguments the directory for files, and the worker's id
   */
  public static void main(String[] arguments) throws IOException {
    PrintStream answers = System.out;
    System.setOut(System.err); // logs go there
    BootstrapLogging.bootstrap(Level.ERROR);
    WorkerMain main = new WorkerMain(Path.of(arguments[0]), arguments[1]);
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      main.obey(line.split(" "));
      answers.println(line);
    }
    System.exit(0);
  }

  private void obey(String[] words) {
    switch (words[0]) {
      case "open" ->
          worker =
              Optional.of(
                  new OurWorker(
                      new DatabaseSection(words[1], words[2], "", null, null),
                      id,
                      Integer.parseInt(words[3]),
                      runners.of(Handler.valueOf(words[4]))));
      case "start" -> worker.orElseThrow().start();
      case "close" -> worker.orElseThrow().close();
      default -> throw new IllegalArgumentException("unknown order " + words[0]);
    }
  }
}
