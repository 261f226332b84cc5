package dev.ss.store;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.ss.job.Attempt;
import dev.ss.job.JobType;
import dev.ss.job.NextStep;
import dev.ss.job.RunResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A worker in a test's hands: a real scheduler picks what is due, and the test decides what becomes
 * of it.
 */
public final class ManualWorker implements AutoCloseable {
  /** The name it starts jobs under. */
  public static final String ID = "manual-worker";

  private static final Duration POLL_INTERVAL = Duration.ofMillis(5);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Attempts attempts;
  private final Scheduler scheduler;
  private final BlockingQueue<Claim> picked = new LinkedBlockingQueue<>();
  private final Queue<Claim> held = new ConcurrentLinkedQueue<>();

  /** Picks at most as many executions at once as it has slots. */
  ManualWorker(Database database, Attempts attempts, int slots) {
    this(
        tasks ->
            Executions.scheduler(
                database,
                tasks,
                pick ->
                    pick.apply(
                        TestStore.TYPES.stream()
                            .map(type -> new Share(type.name(), Integer.MAX_VALUE))
                            .toList())),
        attempts,
        slots);
  }

  /** With a scheduler of a kind of its own. */
  ManualWorker(Function<List<Task<?>>, SchedulerBuilder> kind, Attempts attempts, int slots) {
    this.attempts = attempts;
    this.scheduler =
        kind.apply(TestStore.TYPES.stream().<Task<?>>map(this::task).toList())
            .threads(slots)
            .pollingInterval(POLL_INTERVAL)
            .heartbeatInterval(Duration.ofHours(1))
            .shutdownMaxWait(Duration.ofMillis(100))
            .build();
    scheduler.start();
  }

  private Task<Void> task(JobType type) {
    return Tasks.custom(Execution.task(type.name()))
        .execute(
            (instance, context) ->
                (complete, operations) -> hold(Execution.of(instance), operations));
  }

  /** An execution this worker has picked and not started. */
  public static final class Claim {
    private final Execution execution;
    private final ExecutionOperations<Void> operations;
    private final CountDownLatch released = new CountDownLatch(1);

    private Claim(Execution execution, ExecutionOperations<Void> operations) {
      this.execution = execution;
      this.operations = operations;
    }

    /** Which one. */
    public Execution execution() {
      return execution;
    }

    /** What its worker may do with it. */
    public ExecutionOperations<Void> operations() {
      return operations;
    }

    /** Gives the slot back, without a word to the database. */
    public void release() {
      released.countDown();
    }
  }

  /** An attempt this worker has started and not finished. */
  public final class Started {
    private final Claim claim;
    private final Attempt attempt;

    private final byte[] input;

    private Started(Claim claim, Attempts.Started started) {
      this.claim = claim;
      this.attempt = started.attempt();
      this.input = started.input();
    }

    /** Which one. */
    public Attempt attempt() {
      return attempt;
    }

    /** What its command is to read. */
    public byte[] input() {
      return input;
    }

    /** The execution that started it. */
    public Execution execution() {
      return claim.execution();
    }

    /** Writes down that it ended so. */
    public Optional<NextStep> finish(RunResult result, NextStep planned) {
      return attempts.finish(attempt, result, planned, claim.operations());
    }

    /** What somebody does who believes that it was never started. */
    boolean replaceUnstarted() {
      return attempts.replaceUnstarted(claim.execution(), claim.operations());
    }
  }

  /** The next execution the scheduler picks. */
  public Claim claim() {
    try {
      Claim claim = picked.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (claim == null) {
        throw new AssertionError("nothing was picked");
      }
      return claim;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** What the scheduler has picked and nobody has asked for yet. */
  public List<Claim> claimed() {
    List<Claim> claims = new ArrayList<>();
    picked.drainTo(claims);
    return claims;
  }

  /** Starts the job of the next execution the scheduler picks. */
  public Started start() {
    return start(claim());
  }

  /** Starts the job of a picked execution. */
  public Started start(Claim claim) {
    return new Started(claim, attempts.start(claim.execution(), ID).orElseThrow());
  }

  /** Forgets whatever it holds, as a worker does that dies. */
  @Override
  public void close() {
    held.forEach(Claim::release);
    if (!scheduler.getSchedulerState().isShuttingDown()) {
      scheduler.stop();
    }
  }

  private void hold(Execution execution, ExecutionOperations<Void> operations) {
    Claim claim = new Claim(execution, operations);
    held.add(claim);
    picked.add(claim);
    try {
      claim.released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
