package dev.ss.testkit.play;

import dev.ss.testkit.model.Counts;
import dev.ss.testkit.model.Silences.Silence;
import dev.ss.testkit.postgres.PostgresServer.Stop;
import dev.ss.testkit.process.Uptime;
import dev.ss.testkit.process.Waiting;
import dev.ss.testkit.system.Lives;
import dev.ss.testkit.system.SsProcess;
import dev.ss.testkit.system.SsProcess.Kind;
import dev.ss.testkit.system.Storage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Causes one fault after another, in an order that follows from the seed, and repairs each. */
final class Faults {
  /** Seconds before a fault in which a commit may have been made whose news the fault hides. */
  private static final double UNSEEN = 1;

  private static final int PREY = 2;
  private static final Duration PREY_LIMIT = Duration.ofSeconds(5);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Random random;
  private final Lives lives;
  private final Storage storage;
  private final Sightings sightings;
  private final RecordingClient client;
  private final double lease;
  private final Consumer<String> log;
  private final List<Silence> silences = new ArrayList<>();
  private final List<Counts.Unseen> unseen = new ArrayList<>();

  Faults(
      Random random,
      Lives lives,
      Storage storage,
      Sightings sightings,
      RecordingClient client,
      double lease,
      Consumer<String> log) {
    this.random = random;
    this.lives = lives;
    this.storage = storage;
    this.sightings = sightings;
    this.client = client;
    this.lease = lease;
    this.log = log;
  }

  private enum Fault {
    KILL_WORKER,
    TERMINATE_WORKER,
    FREEZE_WORKER,
    FREEZE_LONE_WORKER,
    KILL_API,
    END_CONNECTIONS,
    STOP_POSTGRES;

    boolean isPossible(Storage storage) {
      return storage instanceof Storage.Postgres
          || (this != END_CONNECTIONS && this != STOP_POSTGRES);
    }
  }

  /** Causes faults until it is told to stop. Each kind occurs once before any occurs again. */
  void rage(BooleanSupplier stopped) {
    List<Fault> deck = new ArrayList<>();
    while (!stopped.getAsBoolean()) {
      if (deck.isEmpty()) {
        deck.addAll(List.of(Fault.values()));
        Collections.shuffle(deck, random);
      }
      Fault fault = deck.remove(0);
      if (fault.isPossible(storage)) {
        pause(random.nextDouble() * lease / 2);
        log.accept("%.2f %s".formatted(Uptime.seconds(), fault));
        happen(fault);
      }
    }
  }

  private void happen(Fault fault) {
    switch (fault) {
      case KILL_WORKER -> kill(any(Kind.WORKER));
      case KILL_API -> kill(any(Kind.API));
      case TERMINATE_WORKER -> terminate(any(Kind.WORKER));
      case FREEZE_WORKER -> freeze(any(Kind.WORKER));
      case FREEZE_LONE_WORKER -> freezeLone(any(Kind.WORKER));
      case END_CONNECTIONS -> endConnections();
      case STOP_POSTGRES -> stopPostgres();
    }
  }

  private SsProcess any(Kind kind) {
    List<SsProcess> all = lives.of(kind);
    return all.get(random.nextInt(all.size()));
  }

  private void pause(double seconds) {
    Waiting.pause(Duration.ofMillis((long) (seconds * 1000)));
  }

  private void kill(SsProcess process) {
    double away = random.nextInt(2) * random.nextDouble() * 1.5 * lease;
    killNow(process);
    pause(away);
    lives.restart(process);
  }

  private void killNow(SsProcess process) {
    process.kill();
    double end = process.endedAt().orElseThrow();
    double seen = process.lastScrape().map(scrape -> scrape.at()).orElse(0.0);
    unseen.add(new Counts.Unseen(seen - UNSEEN, end + UNSEEN));
    silences.add(new Silence(OptionalLong.of(process.pid()), end, end));
  }

  private void terminate(SsProcess process) {
    process.terminate();
    lives.restart(process);
  }

  /** Ends all other workers first, so that only the frozen one itself can take its jobs away. */
  private void freezeLone(SsProcess worker) {
    List<SsProcess> others = lives.of(Kind.WORKER).stream().filter(each -> each != worker).toList();
    others.forEach(SsProcess::terminate);
    freeze(worker);
    pause(lease);
    lives.restartAll(others);
  }

  /** Freezes a worker for 0.5 to 3 leases; meanwhile clients cancel and retry its jobs. */
  private void freeze(SsProcess worker) {
    double frozen = (0.5 + 2.5 * random.nextDouble()) * lease;
    boolean die = random.nextInt(5) == 0;
    int cancels = random.nextInt(4);
    awaitPrey(worker);
    double from = Uptime.seconds();
    worker.freeze();
    cancelAndRetry(
        sightings.runningOn(worker.pid()).stream().limit(cancels).toList(), from + frozen);
    silences.add(new Silence(OptionalLong.of(worker.pid()), from, Uptime.seconds()));
    if (die) {
      killNow(worker);
      lives.restart(worker);
    } else {
      worker.thaw();
    }
  }

  /** Waits until the worker runs a job that is long enough. */
  private void awaitPrey(SsProcess worker) {
    for (int i = 0; i < PREY; i++) {
      client.submit(i, new Submission(Optional.empty(), PlayJob.LONG.fields("prey")));
    }
    Waiting.within(PREY_LIMIT, () -> !sightings.runningOn(worker.pid()).isEmpty());
  }

  private void cancelAndRetry(List<String> jobs, double until) {
    jobs.forEach(job -> client.cancel(random.nextInt(100), job));
    Deque<String> toRetry = new ArrayDeque<>(jobs);
    while (Uptime.seconds() < until) {
      Optional.ofNullable(toRetry.poll())
          .filter(job -> client.retry(0, job).status() != 200)
          .ifPresent(toRetry::add);
      Waiting.pause(POLL);
    }
  }

  private void endConnections() {
    List<SsProcess> all = new ArrayList<>(lives.of(Kind.WORKER));
    all.addAll(lives.of(Kind.API));
    String of = random.nextBoolean() ? all.get(random.nextInt(all.size())).name() : "%-_";
    double from = Uptime.seconds();
    String sql =
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name like ?";
    try (Connection connection = storage.connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, of);
      statement.execute();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    databaseAway(from);
  }

  private void stopPostgres() {
    double away = random.nextInt(2) * random.nextDouble() * 2 * lease;
    Storage.Postgres postgres = (Storage.Postgres) storage;
    double from = Uptime.seconds();
    postgres.server().stop(Stop.IMMEDIATE);
    pause(away);
    postgres.server().start();
    databaseAway(from);
  }

  private void databaseAway(double from) {
    double to = Uptime.seconds();
    silences.add(new Silence(OptionalLong.empty(), from, to));
    unseen.add(new Counts.Unseen(from - UNSEEN, to + UNSEEN));
  }

  List<Silence> silences() {
    return silences;
  }

  List<Counts.Unseen> unseen() {
    return unseen;
  }
}
