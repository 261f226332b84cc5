package dev.ss.worker.claim;

import dev.ss.boot.FatalErrors;
import dev.ss.boot.LogContext;
import dev.ss.boot.NamedThreads;
import dev.ss.boot.Unquoted;
import dev.ss.job.Attempt;
import dev.ss.job.AttemptEnd;
import dev.ss.job.Backoff;
import dev.ss.job.Claimed;
import dev.ss.job.ErrorCode;
import dev.ss.job.NextStep;
import dev.ss.job.Output;
import dev.ss.job.RunOutcome;
import dev.ss.job.RunResult;
import dev.ss.store.DatabaseUnavailableException;
import dev.ss.worker.claim.RunningJobs.Slot;
import dev.ss.worker.run.Runner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs claimed attempts, with one thread per slot, and passes on each finished attempt. */
final class AttemptRunner {
  private static final Logger LOG = LoggerFactory.getLogger(AttemptRunner.class);

  private final Runner runner;
  private final Inputs inputs;
  private final Backoff backoff;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final Consumer<FinishedAttempt> finished;
  private final ExecutorService threads;

  AttemptRunner(
      int slots,
      Runner runner,
      Inputs inputs,
      Backoff backoff,
      Clock clock,
      LongSupplier nanoTime,
      Consumer<FinishedAttempt> finished) {
    this.runner = runner;
    this.inputs = inputs;
    this.backoff = backoff;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.finished = finished;
    this.threads = Executors.newFixedThreadPool(slots, new NamedThreads("slot"));
  }

  /** Runs the attempt on one of the slots' threads. */
  void start(Slot slot, Claimed claimed) {
    threads.execute(() -> run(slot, claimed));
  }

  /** Ends the threads once the attempts are over. */
  void stop() {
    threads.shutdown();
  }

  @SuppressWarnings("try") // the context is held, not used
  private void run(Slot slot, Claimed claimed) {
    try (LogContext context = LogContext.of(slot.attempt())) {
      runInContext(slot, claimed);
    }
  }

  private void runInContext(Slot slot, Claimed claimed) {
    // Two commands of the same job must not run at the same time.
    slot.predecessor().ifPresent(older -> older.commandEnded().join());
    Ending ending = new Ending(slot);
    RunResult result = result(slot, claimed, ending);
    ending.run();
    Attempt attempt = slot.attempt();
    NextStep planned = NextStep.after(attempt, result.outcome(), backoff);
    finished.accept(
        new FinishedAttempt(
            slot, new AttemptEnd(attempt, result, planned, ending.endedAt), ending.ran));
  }

  /** Records when the command ended, which is before the worker has stored what it wrote. */
  private final class Ending implements Runnable {
    private final Slot slot;
    private final long begin = nanoTime.getAsLong();
    private Duration ran = Duration.ZERO;
    private Instant endedAt = Instant.EPOCH;

    Ending(Slot slot) {
      this.slot = slot;
    }

    @Override
    public void run() {
      if (slot.commandEnded().complete(null)) {
        ran = Duration.ofNanos(nanoTime.getAsLong() - begin);
        endedAt = clock.instant();
      }
    }
  }

  private RunResult result(Slot slot, Claimed claimed, Runnable commandEnded) {
    if (claimed.input().isEmpty()) {
      return RunResult.couldNotRun("The job's input was never stored; submit the job again.\n");
    }
    Attempt attempt = slot.attempt();
    try {
      return runner.run(
          attempt,
          inputs.of(attempt.jobId(), claimed.input().get()),
          slot.killSwitch(),
          commandEnded);
    } catch (DatabaseUnavailableException e) {
      LOG.warn("Job {}: its input cannot be read: {}", attempt.jobId(), e.getMessage());
      return RunResult.killed(
          RunOutcome.INTERRUPTED, ErrorCode.INTERRUPTED, Output.empty(), Output.empty());
    } catch (RuntimeException | Error e) {
      FatalErrors.endIfFatal(e);
      LOG.error(
          "Job {}: the worker failed to run its attempt.", slot.attempt().jobId(), Unquoted.of(e));
      return RunResult.couldNotRun("The worker failed to run the command.\n");
    }
  }
}
