package dev.ss.drill.hostile;

import dev.ss.drill.machine.CannotRun;
import dev.ss.testkit.client.Client;
import dev.ss.testkit.exposition.Scrape;
import dev.ss.testkit.ledger.Execution;
import dev.ss.testkit.ledger.Ledger;
import dev.ss.testkit.process.Ports;
import dev.ss.testkit.process.Shell;
import dev.ss.testkit.process.Waiting;
import dev.ss.testkit.system.Lives;
import dev.ss.testkit.system.SsProcess;
import dev.ss.testkit.system.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** An API with little memory and a worker, on a SQLite file. */
final class Site implements AutoCloseable {
  private static final String API = "api-1";
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final double BYTES_PER_MEGABYTE = 1 << 20;

  private final Ledger ledger;
  private final Lives lives;
  private final Client client;
  private final int port;

  private Site(Ledger ledger, Lives lives) {
    this.ledger = ledger;
    this.lives = lives;
    this.port = lives.process(API).uri("/").getPort();
    this.client = new Client(port);
  }

  static Site start(Path directory) {
    Ledger ledger = Ledger.in(directory);
    writeConfig(directory, ledger);
    Lives lives =
        new Lives(
            directory,
            Path.of(""),
            new Storage.Sqlite(directory.resolve("db/ss.db")),
            new Ports(),
            HttpClient.newHttpClient());
    lives.with(API, Map.of("JDK_JAVA_OPTIONS", "-Xmx256m"));
    lives.start(1, 1);
    return new Site(ledger, lives);
  }

  private static void writeConfig(Path directory, Ledger ledger) {
    String config =
        """
        api: {connector: {type: http, port: "${SS_API_PORT:-8000}"}}
        worker:
          id: ${SS_WORKER_ID:-none}
          connector: {type: http, port: "${SS_WORKER_METRICS_PORT:-8001}"}
          workDirectory: work
        database: {url: "${SS_DATABASE_URL}"}
        logging: {level: INFO}
        jobTypes:
          quick: {command: %s}
          large: {command: [head, -c, "1048576", /dev/zero]}
        """
            .formatted(ledger.command("-"));
    try {
      Files.writeString(directory.resolve("config.yml"), config);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The API with what crowds ask for. */
  Target target(int clients) {
    String large = client.submit("large", "");
    client.awaitFinal(large);
    String unfinished =
        client
            .post("/v1/jobs", Map.of("job_type", "quick", "input", "0\n", "run_at", inAWeek()))
            .field("job_id");
    if (unfinished.isEmpty()) {
      throw new CannotRun("the API takes no job for next week");
    }
    return new Target(port, large, unfinished, clients);
  }

  private static String inAWeek() {
    return Clock.systemUTC().instant().plus(Duration.ofDays(7)).toString();
  }

  SsProcess api() {
    return lives.process(API);
  }

  /** The API's heap without garbage, in megabytes. */
  double heap() {
    Shell.run(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
            Long.toString(api().pid()),
            "GC.run"));
    Scrape scrape = client.scrape();
    return scrape.sum("jvm_memory_used_bytes", "area=\"heap\"") / BYTES_PER_MEGABYTE;
  }

  /** Waits until these jobs have run, and returns how many have not, or not once. */
  long lost(List<String> accepted) {
    Waiting.within(LIMIT, () -> ledger.ended() >= accepted.size());
    Set<String> run =
        ledger.executions().stream()
            .filter(each -> each.end().isPresent())
            .map(Execution::jobId)
            .collect(Collectors.toSet());
    return accepted.stream().filter(job -> !run.contains(job)).count();
  }

  @Override
  public void close() {
    lives.close();
  }
}
