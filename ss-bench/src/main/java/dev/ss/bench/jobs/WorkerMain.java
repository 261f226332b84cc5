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
 * {@link OurWorker} in a process of its own, for one database after the other, so that the JVM is
 * warm. It does what it reads line by line, answers each line, and ends with its input.
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
   * Runs until there is no more to read.
   *
   * @param arguments the directory for files and the worker's id
   */
  public static void main(String[] arguments) throws IOException {
    PrintStream answers = System.out;
    System.setOut(System.err); // where a log goes
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
      default -> throw new IllegalArgumentException("what is " + words[0] + "?");
    }
  }
}
