package dev.ss.bench.jobs;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dropwizard.logging.common.BootstrapLogging;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Runs a {@link JavaSide} in a separate process, on one database after another. */
public final class JavaSideMain {
  private JavaSideMain() {}

  /** The only order, which is to drain a queue. */
  @JsonIgnoreProperties("order")
  private record Order(
      URI database, int jobs, boolean all, long seconds, int slots, Handler handler) {}

  /**
   * Runs until the input ends.
   *
   * @param arguments the side, and the directory for files
   */
  public static void main(String[] arguments) throws IOException {
    PrintStream answers = System.out;
    System.setOut(System.err); // logs go there
    BootstrapLogging.bootstrap(Level.ERROR);
    JavaSide side = JavaSide.valueOf(arguments[0]);
    Runners runners = new Runners(Path.of(arguments[1]), JavaSide.ID);
    ObjectMapper json = new ObjectMapper();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Order order = json.readValue(line, Order.class);
      answers.println(json.writeValueAsString(drain(side, order, runners)));
    }
    System.exit(0);
  }

  private static Drained drained(Entries entries) {
    return new Drained(entries.micros(), entries.begun(), System.nanoTime() / 1000);
  }

  private static Drained drain(JavaSide side, Order order, Runners runners) {
    Entries entries = new Entries(order.jobs());
    Storage.Place place = Storage.Postgres.at(order.database());
    try (SideOfComparison worker =
        side.worker(place, order.slots(), order.handler(), entries, runners)) {
      worker.start();
      if (entries.await(order.seconds()) && order.all()) {
        worker.awaitIdle();
        return drained(entries);
      }
    }
    return drained(entries);
  }
}
