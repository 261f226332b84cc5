package dev.ss.testkit.play;

import dev.ss.testkit.ledger.Ledger;
import dev.ss.testkit.ledger.Outputs;
import dev.ss.testkit.model.Findings;
import dev.ss.testkit.model.History;
import dev.ss.testkit.model.Model;
import dev.ss.testkit.model.Observed;
import dev.ss.testkit.model.Run;
import dev.ss.testkit.model.Silences;
import dev.ss.testkit.model.State;
import dev.ss.testkit.postgres.PostgresServer;
import dev.ss.testkit.process.Orphans;
import dev.ss.testkit.process.Ports;
import dev.ss.testkit.process.Uptime;
import dev.ss.testkit.process.Waiting;
import dev.ss.testkit.system.Lives;
import dev.ss.testkit.system.SsProcess;
import dev.ss.testkit.system.SsProcess.Kind;
import dev.ss.testkit.system.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs one SS with random clients and random faults, and finally compares everything with the
 * model.
 */
public final class Play implements AutoCloseable {
  /** A setting that the model's PostgreSQL needs: when each version of a row was committed. */
  public static final String POSTGRES_SETTING = "track_commit_timestamp=on";

  private static final int VISITORS = 4;
  private static final int SLOTS = 4;

  /** A lease of 2 s. */
  private static final double HEARTBEAT_SECONDS = 0.5;

  private static final double LEASE_SECONDS = 4 * HEARTBEAT_SECONDS;

  /** With more unfinished jobs than this, clients stop submitting, because the machine is slow. */
  private static final int CROWD = 40;

  /** Low enough that batches and retries reach it now and then. */
  private static final int MAX_QUEUED = 60;

  private static final Duration END_LIMIT = Duration.ofMinutes(2);
  private static final Duration COUNT_PAUSE = Duration.ofMillis(300);

  private final Setting setting;
  private final Ledger ledger;
  private final Sightings sightings;
  private final HistoryTable table;
  private final Lives lives;
  private final Knowledge knowledge = new Knowledge();
  private final RecordingClient client;
  private final Faults faults;
  private volatile boolean over;
  private volatile boolean settled;
  private volatile int unfinished;

  /**
   * The parameters of a play.
   *
   * @param seed decides what clients do, and which faults occur when
   * @param jars the directory of {@code ss-api/target} and {@code ss-worker/target}
   * @param directory the directory for everything that is written
   * @param log receives each fault
   */
  public record Setting(
      long seed,
      Duration length,
      int apis,
      int workers,
      Path jars,
      Path directory,
      Storage storage,
      Ports ports,
      HttpClient http,
      Consumer<String> log) {}

  /**
   * The result of a play.
   *
   * @param answers how often clients got each answer
   * @param findings the violations, each with its rule
   */
  public record Summary(
      long seed,
      Map<String, Integer> answers,
      int accepted,
      int finished,
      int executions,
      int starts,
      List<String> findings) {}

  /** Prepares a play, without starting any process. */
  public Play(Setting setting) {
    this.setting = setting;
    this.ledger = Ledger.in(setting.directory());
    writeConfig();
    this.sightings = Sightings.of(ledger);
    this.table = new HistoryTable(setting.storage());
    this.lives =
        new Lives(
            setting.directory(),
            setting.jars(),
            setting.storage(),
            setting.ports(),
            setting.http());
    this.client = new RecordingClient(new Asker(setting.http()), this::api, knowledge);
    this.faults =
        new Faults(
            new Random(setting.seed()),
            lives,
            setting.storage(),
            sightings,
            client,
            LEASE_SECONDS,
            setting.log());
  }

  private URI api(int number) {
    List<SsProcess> apis = lives.of(Kind.API);
    return apis.get(Math.floorMod(number, apis.size())).uri("/");
  }

  private void writeConfig() {
    String config =
        """
        api:
          connector: {type: http, port: "${SS_API_PORT:-8000}"}
          queueInterval: 500ms
          lastScrapeWait: 5s
          maxQueuedJobs: %d
        worker:
          id: ${SS_WORKER_ID:-none}
          slots: %d
          connector: {type: http, port: "${SS_WORKER_METRICS_PORT:-8001}"}
          pollInterval: 1s
          heartbeatInterval: %dms
          gracePeriod: 2s
          killGracePeriod: 500ms
          workDirectory: work
        database: {url: "${SS_DATABASE_URL}", user: %s}
        retry: {initialDelay: 50ms, multiplier: 2, maxDelay: 500ms, jitter: 0.2}
        logging: {level: INFO}
        %s\
        """
            .formatted(
                MAX_QUEUED,
                SLOTS,
                (long) (HEARTBEAT_SECONDS * 1000),
                setting.storage() instanceof Storage.Postgres ? PostgresServer.USER : "\"\"",
                PlayJob.section(ledger));
    try {
      Files.writeString(setting.directory().resolve("config.yml"), config);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Plays, waits until all jobs are final, and checks. */
  public Summary run() {
    lives.start(setting.apis(), setting.workers());
    table.create();
    List<Thread> visitors = new ArrayList<>();
    SplittableRandom seeds = new SplittableRandom(setting.seed());
    for (int i = 0; i < VISITORS; i++) {
      Visitor visitor =
          new Visitor("v" + i, seeds.split(), client, knowledge, () -> unfinished > CROWD);
      visitors.add(start("visitor-" + i, () -> visitor.visit(() -> over)));
    }
    Thread counting = start("crowd", this::countTheCrowd);
    double end = Uptime.seconds() + setting.length().toMillis() / 1e3;
    try {
      faults.rage(() -> Uptime.seconds() >= end);
    } finally {
      over = true;
    }
    visitors.forEach(Waiting::forEndOf);
    settle();
    settled = true;
    Waiting.forEndOf(counting);
    return judge();
  }

  private Thread start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler(
        (any, e) -> knowledge.surprise("the play itself fails", name + ": " + e));
    thread.start();
    return thread;
  }

  private void countTheCrowd() {
    while (!settled) {
      int count = table.unfinished();
      unfinished = count < 0 ? unfinished : count;
      Waiting.pause(COUNT_PAUSE);
    }
  }

  /** Repeats submissions without an answer under their keys until each has one. */
  private void settle() {
    for (Kind kind : Kind.values()) {
      lives.of(kind).stream()
          .filter(process -> !process.isAlive())
          .forEach(process -> knowledge.surprise("a process ends by itself", process.name()));
    }
    Waiting.within(
        END_LIMIT,
        () -> {
          knowledge.open().forEach(open -> client.submit(0, open));
          return knowledge.open().isEmpty();
        });
    Waiting.within(END_LIMIT, () -> table.unfinished() == 0);
  }

  private Summary judge() {
    lives.scrape();
    sightings.close();
    History history = table.read();
    Findings findings = knowledge.findings();
    List<Run> runs = sightings.runs(this::workerOf);
    Observed observed =
        new Observed(
            history,
            knowledge.jobs(),
            knowledge.unanswered(),
            knowledge.retries(),
            knowledge.told(),
            knowledge.walks(),
            runs,
            outputs(history),
            new Silences(faults.silences()),
            counted(),
            faults.unseen());
    new Model(PlayJob.failing(), PlayJob.limits()).check(observed, findings);
    int left = Orphans.of(history.jobs());
    if (left > 0) {
      findings.add("processes are left of jobs that are over", Integer.toString(left));
    }
    return summary(history, runs, findings);
  }

  private Summary summary(History history, List<Run> runs, Findings findings) {
    return new Summary(
        setting.seed(),
        knowledge.answers(),
        knowledge.jobs().size(),
        (int)
            history.jobs().stream()
                .filter(job -> history.last(job).orElseThrow().state().isFinal())
                .count(),
        runs.size(),
        history.jobs().stream().mapToInt(job -> history.starts(job).size()).sum(),
        findings.lines());
  }

  private String workerOf(long process) {
    return lives.all().stream()
        .filter(each -> each.pid() == process)
        .map(SsProcess::name)
        .findFirst()
        .orElse("?");
  }

  private Map<String, String> outputs(History history) {
    List<String> succeeded =
        history.jobs().stream()
            .filter(job -> history.last(job).orElseThrow().state() == State.SUCCEEDED)
            .toList();
    return new Outputs(setting.http(), api(0))
        .fetch(succeeded).entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().text()));
  }

  private Map<String, Double> counted() {
    Map<String, Double> counted = new HashMap<>();
    Stream.of("created", "started", "succeeded", "failed", "cancelled", "recovered", "retried")
        .forEach(event -> counted.put(event, counted(event)));
    return counted;
  }

  private double counted(String event) {
    return lives.all().stream()
        .flatMap(each -> each.lastScrape().stream())
        .mapToDouble(scrape -> scrape.sum("ss_jobs_total", "event=\"" + event + "\""))
        .sum();
  }

  @Override
  public void close() {
    lives.close();
    sightings.close();
  }
}
