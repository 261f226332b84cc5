package dev.ss.store;

import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.task.Task;
import dev.ss.store.Attempts.Started;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * A worker's way to jobs: what db-scheduler picks is started in the same transaction, so that one
 * commit is enough for as many jobs as there are free slots.
 */
public final class Claims {
  private final Database database;
  private final Attempts attempts;
  private final String workerId;
  private final Clock clock;
  private final Runnable polled;

  /** Started with the picking, until their slot takes them. */
  private final Map<Execution, Started> started = new ConcurrentHashMap<>();

  /** Whether there was nothing to pick the last time. */
  private volatile boolean idle = true;

  /**
   * Claims for this worker.
   *
   * @param polled is told each time it has looked for jobs, whether there were any or not
   */
  public Claims(
      Database database, Attempts attempts, String workerId, Clock clock, Runnable polled) {
    this.database = database;
    this.attempts = attempts;
    this.workerId = workerId;
    this.clock = clock;
    this.polled = polled;
  }

  /** A scheduler that starts what it picks; the rest is the caller's to set. */
  public SchedulerBuilder scheduler(Task<?> task) {
    return Executions.scheduler(database, task, this::poll).clock(clock::instant);
  }

  /** The attempt of an execution that has been picked; nothing if the job is not its to run. */
  public Optional<Started> take(Execution execution) {
    Started claimed = started.remove(execution);
    // Whoever was changing the job while it was picked is waited for here, where nothing waits.
    return claimed == null ? attempts.start(execution, workerId) : Optional.of(claimed);
  }

  private List<com.github.kagkarlsson.scheduler.task.Execution> poll(
      Supplier<List<com.github.kagkarlsson.scheduler.task.Execution>> pick) {
    List<com.github.kagkarlsson.scheduler.task.Execution> picked = pickAndStart(pick);
    polled.run();
    return picked;
  }

  private List<com.github.kagkarlsson.scheduler.task.Execution> pickAndStart(
      Supplier<List<com.github.kagkarlsson.scheduler.task.Execution>> pick) {
    if (idle && database.dialect() == Dialect.SQLITE && !anythingDue()) {
      return List.of(); // without taking the lock that submissions need
    }
    Picked picked = database.transactions().inTransaction(handle -> pickAndStart(handle, pick));
    idle = picked.executions().isEmpty();
    picked.started().forEach(each -> started.put(Execution.of(each.attempt()), each));
    return picked.executions();
  }

  private record Picked(
      List<com.github.kagkarlsson.scheduler.task.Execution> executions, List<Started> started) {}

  private Picked pickAndStart(
      Handle handle, Supplier<List<com.github.kagkarlsson.scheduler.task.Execution>> pick) {
    List<com.github.kagkarlsson.scheduler.task.Execution> picked = pick.get();
    List<Execution> ours = picked.stream().map(each -> Execution.of(each.taskInstance)).toList();
    return new Picked(
        picked,
        // A cancel holds the job and wants its execution; waiting for it here would be a deadlock.
        attempts.start(handle, ours, workerId, database.dialect().forUpdateSkippingLocked()));
  }

  private boolean anythingDue() {
    Instant now = clock.instant();
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    select 1 from scheduled_tasks indexed by scheduled_tasks_by_execution_time
                    where picked = false and execution_time <= :now limit 1
                    """)
                .bind("now", now)
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
  }
}
