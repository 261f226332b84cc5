package dev.ss.testkit.play;

import dev.ss.testkit.ledger.Execution;
import dev.ss.testkit.ledger.Ledger;
import dev.ss.testkit.model.Run;
import dev.ss.testkit.process.LivingProcesses;
import dev.ss.testkit.process.Uptime;
import dev.ss.testkit.process.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;

/**
 * Continuously records which commands are alive, because a killed command writes no last line into
 * the ledger.
 */
final class Sightings implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Ledger ledger;
  private final Map<String, Execution> alive = new ConcurrentHashMap<>();
  private final Map<String, Double> seen = new ConcurrentHashMap<>();
  private final Thread thread = new Thread(this::lookAllTheTime, "sightings");
  private long position;
  private volatile boolean closed;

  private Sightings(Ledger ledger) {
    this.ledger = ledger;
  }

  static Sightings of(Ledger ledger) {
    Sightings sightings = new Sightings(ledger);
    sightings.thread.setDaemon(true);
    sightings.thread.start();
    return sightings;
  }

  private void lookAllTheTime() {
    while (!closed) {
      look();
      Waiting.pause(PAUSE);
    }
  }

  private void look() {
    Ledger.Part news = ledger.begunFrom(position);
    position = news.end();
    news.executions().forEach(each -> alive.put(each.nonce(), each));
    for (Execution each : List.copyOf(alive.values())) {
      double now = Uptime.seconds();
      if (each.end().isEmpty() && isAlive(each)) {
        seen.put(each.nonce(), now);
      } else {
        alive.remove(each.nonce());
      }
    }
  }

  /** Another process may have the id by now. */
  private static boolean isAlive(Execution execution) {
    return LivingProcesses.variable(execution.process(), "SS_JOB_ID")
        .filter(execution.jobId()::equals)
        .isPresent();
  }

  /** Returns the jobs whose commands this worker process runs. */
  List<String> runningOn(long worker) {
    return alive.values().stream()
        .filter(each -> each.worker() == worker)
        .sorted(Comparator.comparingDouble(Execution::start))
        .map(Execution::jobId)
        .distinct()
        .toList();
  }

  /** Returns all runs of commands. */
  List<Run> runs(LongFunction<String> workerOf) {
    List<Run> runs = new ArrayList<>();
    for (Execution each : ledger.executions()) {
      runs.add(
          new Run(
              each.jobId(),
              each.attempt(),
              workerOf.apply(each.worker()),
              each.worker(),
              each.nonce(),
              each.start(),
              each.end(),
              seen.getOrDefault(each.nonce(), each.start())));
    }
    return runs;
  }

  @Override
  public void close() {
    closed = true;
    Waiting.forEndOf(thread);
  }
}
