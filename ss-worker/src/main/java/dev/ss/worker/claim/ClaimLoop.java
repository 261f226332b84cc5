package dev.ss.worker.claim;

import dev.ss.boot.FatalErrors;
import dev.ss.boot.LogContext;
import dev.ss.boot.RepeatedFailures;
import dev.ss.job.Attempt;
import dev.ss.job.AttemptEnd;
import dev.ss.job.Claimed;
import dev.ss.job.JobState;
import dev.ss.job.NextStep;
import dev.ss.job.RunOutcome;
import dev.ss.job.RunResult;
import dev.ss.store.DatabaseUnavailableException;
import dev.ss.store.JobQueue;
import dev.ss.store.JobQueue.Turn;
import dev.ss.worker.metrics.WorkerMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that stores results and claims jobs. Each turn is one transaction: it stores the
 * results of finished attempts, and claims as many due jobs as there are free slots. Results that
 * arrive during a turn are stored in the next one. A result is kept until it is stored, or until
 * another worker turns out to own the job.
 */
final class ClaimLoop {
  private static final Logger LOG = LoggerFactory.getLogger(ClaimLoop.class);
  private static final Duration INITIAL_BACKOFF = Duration.ofMillis(100);
  private static final Duration MAX_BACKOFF = Duration.ofSeconds(1);
  private static final NextStep SUCCEEDED = new NextStep.Finish(JobState.SUCCEEDED);

  private final ClaimSettings settings;
  private final JobQueue queue;
  private final RunningJobs running;
  private final OwnershipWatch ownership;
  private final UnknownClaims unknown;
  private final PauseWatch pauses;
  private final AttemptRunner runner;
  private final Inbox inbox;
  private final Set<String> limitedTypes;
  private final EndCounter counter;
  private final LastSuccesses successes;
  private final RepeatedFailures failures;
  private final WorkerMetrics metrics;

  private final Thread thread = new Thread(this::run, "claim-loop");
  private final CountDownLatch claimsNoMore = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean claiming = true;

  /** Finished attempts whose results are not stored yet. Only the loop's thread uses the list. */
  private final List<FinishedAttempt> unstored = new ArrayList<>();

  private Optional<Duration> backoff = Optional.empty();

  ClaimLoop(
      ClaimSettings settings,
      JobQueue queue,
      RunningJobs running,
      OwnershipWatch ownership,
      UnknownClaims unknown,
      PauseWatch pauses,
      AttemptRunner runner,
      Inbox inbox,
      EndCounter counter,
      LastSuccesses successes,
      RepeatedFailures failures,
      WorkerMetrics metrics) {
    this.settings = settings;
    this.queue = queue;
    this.running = running;
    this.ownership = ownership;
    this.unknown = unknown;
    this.pauses = pauses;
    this.runner = runner;
    this.inbox = inbox;
    this.limitedTypes = settings.limitedTypes();
    this.counter = counter;
    this.successes = successes;
    this.failures = failures;
    this.metrics = metrics;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Claims no more jobs; results are still stored. */
  void stopClaiming() {
    claiming = false;
    inbox.look();
  }

  /** Waits until no claim is in progress. Returns false if {@code time} passes first. */
  boolean awaitNoMoreClaims(Duration time) throws InterruptedException {
    return claimsNoMore.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Ends the loop. Other workers recover the jobs whose results are not stored by then. */
  void stop() {
    stopped.countDown();
    inbox.look();
  }

  private void run() {
    try {
      while (stopped.getCount() > 0) {
        receive();
        tryTurn();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void receive() throws InterruptedException {
    if (backoff.isPresent()) {
      stopped.await(backoff.get().toMillis(), TimeUnit.MILLISECONDS);
    }
    Duration patience = backoff.isPresent() ? Duration.ZERO : settings.pollInterval();
    for (FinishedAttempt finished : inbox.await(patience)) {
      if (finished.end().result().outcome() == RunOutcome.LOST) {
        // The worker that took over the job has already ended this attempt in the database.
        warn("Job {}, attempt {}: another worker owns it now; its command was killed.", finished);
        running.end(finished.slot());
      } else {
        unstored.add(finished);
      }
    }
  }

  private void tryTurn() {
    try {
      turn();
      if (backoff.isPresent()) {
        LOG.info("Jobs are claimed and results are stored again.");
        backoff = Optional.empty();
      }
    } catch (DatabaseUnavailableException e) {
      if (backoff.isEmpty()) {
        LOG.warn("The database is unavailable; {} results wait to be stored.", unstored.size());
      }
      failures.failed(e);
      backOff();
    } catch (RuntimeException | Error e) { // an ended loop would go unnoticed
      FatalErrors.endIfFatal(e);
      if (backoff.isEmpty()) {
        LOG.warn("No jobs are claimed; {} results wait to be stored.", unstored.size());
      }
      failures.failed(e);
      storeOneByOne();
      backOff();
    }
  }

  private void backOff() {
    Duration next = backoff.map(last -> last.multipliedBy(2)).orElse(INITIAL_BACKOFF);
    backoff = Optional.of(next.compareTo(MAX_BACKOFF) < 0 ? next : MAX_BACKOFF);
    unknown.expect();
  }

  private void turn() {
    if (ownership.isOlderThan(settings.heartbeatInterval())) {
      // This process may have been frozen. It must kill what it has lost before it claims anything.
      ownership.run();
    }
    unknown.giveBackIfDue();
    pauses.readIfDue();
    List<FinishedAttempt> storing = List.copyOf(unstored);
    int freeSlots = freeSlots(storing.size());
    Turn turn = queue.turn(storing.stream().map(FinishedAttempt::end).toList(), freeSlots);
    metrics.polled();
    unstored.clear();
    noteSuccesses(storing, turn.stored());
    storing.forEach(finished -> running.end(finished.slot()));
    turn.claimed().forEach(this::begin);
    count(storing, turn.stored());
    successes.writeIfDue();
    if (!claiming) {
      claimsNoMore.countDown();
    }
  }

  private int freeSlots(int storing) {
    boolean mayClaim = claiming && !running.anyLost();
    return mayClaim ? Math.max(0, settings.slots() - running.count() + storing) : 0;
  }

  private void begin(Claimed claimed) {
    runner.start(running.begin(claimed.attempt()), claimed);
    counter.started(claimed);
  }

  /** Before their slots are free, because a worker that stops writes them when all slots are. */
  private void noteSuccesses(List<FinishedAttempt> storing, List<Optional<NextStep>> stored) {
    for (int i = 0; i < storing.size(); i++) {
      AttemptEnd end = storing.get(i).end();
      if (stored.get(i).filter(SUCCEEDED::equals).isPresent()) {
        successes.succeeded(end.attempt().jobType(), end.endedAt());
      }
    }
  }

  private void count(List<FinishedAttempt> storing, List<Optional<NextStep>> stored) {
    for (int i = 0; i < storing.size(); i++) {
      FinishedAttempt finished = storing.get(i);
      Attempt attempt = finished.end().attempt();
      stored
          .get(i)
          .ifPresentOrElse(
              step -> counter.ended(finished.end(), step, finished.ran()),
              () ->
                  warn(
                      "Job {}, attempt {}: its result was not stored; another worker owns it.",
                      finished));
      if (limitedTypes.contains(attempt.jobType())) {
        queue.wake(attempt.jobType());
      }
    }
  }

  /**
   * Stores each result on its own after a defect, so that one that fails does not block the others.
   */
  private void storeOneByOne() {
    for (FinishedAttempt finished : List.copyOf(unstored)) {
      try {
        Turn turn = queue.turn(List.of(finished.end()), 0);
        unstored.remove(finished);
        noteSuccesses(List.of(finished), turn.stored());
        running.end(finished.slot());
        count(List.of(finished), turn.stored());
      } catch (DatabaseUnavailableException e) {
        return;
      } catch (RuntimeException e) {
        warn("Job {}, attempt {}: its result cannot be stored.", finished);
        failures.failed(e);
        unstored.set(unstored.indexOf(finished), withoutResult(finished));
      }
    }
  }

  @SuppressWarnings("try") // the context is held, not used
  private static void warn(String line, FinishedAttempt finished) {
    Attempt attempt = finished.end().attempt();
    try (LogContext context = LogContext.of(attempt)) {
      LOG.warn(line, attempt.jobId(), attempt.number());
    }
  }

  private static FinishedAttempt withoutResult(FinishedAttempt finished) {
    AttemptEnd end = finished.end();
    RunResult result = RunResult.couldNotRun("The worker could not store the result.\n");
    return new FinishedAttempt(
        finished.slot(),
        new AttemptEnd(end.attempt(), result, new NextStep.Finish(JobState.FAILED), end.endedAt()),
        finished.ran());
  }
}
