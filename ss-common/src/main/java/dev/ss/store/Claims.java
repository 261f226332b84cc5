package dev.ss.store;

import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import dev.ss.job.JobType;
import dev.ss.store.Attempts.Started;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker's way to jobs: what db-scheduler picks is started in the same transaction, so that one
 * commit is enough for as many jobs as there are free slots.
 */
public final class Claims {
  private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

  private final Database database;
  private final Attempts attempts;
  private final String workerId;
  private final Offer offer;
  private final Clock clock;
  private final Runnable polled;

  /** Started with the picking, until their slot takes them. */
  private final Map<Execution, Started> started = new ConcurrentHashMap<>();

  /** Whether there was nothing to pick the last time. */
  private volatile boolean idle = true;

  /**
   * Claims for this worker.
   *
   * @param offered what it takes jobs of
   * @param polled is told each time it has looked for jobs, whether there were any or not
   */
  public Claims(
      Database database,
      Attempts attempts,
      String workerId,
      List<JobType> offered,
      Clock clock,
      Runnable polled) {
    this.database = database;
    this.attempts = attempts;
    this.workerId = workerId;
    this.offer = new Offer(offered, database.dialect());
    this.clock = clock;
    this.polled = polled;
  }

  /**
   * A scheduler that starts what it picks; the rest is the caller's to set.
   *
   * @param tasks of all types whose jobs it recovers from lost workers
   */
  public SchedulerBuilder scheduler(List<Task<?>> tasks) {
    return Executions.scheduler(database, tasks, this::poll).clock(clock::instant);
  }

  /** The attempt of an execution that has been picked; nothing if the job is not its to run. */
  public Optional<Started> take(Execution execution) {
    Started claimed = started.remove(execution);
    // Whoever was changing the job while it was picked is waited for here, where nothing waits.
    return claimed == null ? attempts.start(execution, workerId) : Optional.of(claimed);
  }

  private List<com.github.kagkarlsson.scheduler.task.Execution> poll(
      Function<List<Share>, List<com.github.kagkarlsson.scheduler.task.Execution>> pick) {
    List<com.github.kagkarlsson.scheduler.task.Execution> picked = pickAndStart(pick);
    polled.run();
    return picked;
  }

  private List<com.github.kagkarlsson.scheduler.task.Execution> pickAndStart(
      Function<List<Share>, List<com.github.kagkarlsson.scheduler.task.Execution>> pick) {
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
      Handle handle,
      Function<List<Share>, List<com.github.kagkarlsson.scheduler.task.Execution>> pick) {
    List<com.github.kagkarlsson.scheduler.task.Execution> picked =
        readable(handle, pick.apply(offer.shares(handle)));
    List<Execution> ours = picked.stream().map(each -> Execution.of(each.taskInstance)).toList();
    return new Picked(
        picked,
        // A cancel holds the job and wants its execution; waiting for it here would be a deadlock.
        attempts.start(handle, ours, workerId, database.dialect().forUpdateSkippingLocked()));
  }

  private static List<com.github.kagkarlsson.scheduler.task.Execution> readable(
      Handle handle, List<com.github.kagkarlsson.scheduler.task.Execution> picked) {
    List<com.github.kagkarlsson.scheduler.task.Execution> readable = new ArrayList<>(picked);
    readable.removeIf(
        each -> {
          boolean stray = Execution.find(each.taskInstance).isEmpty();
          if (stray) {
            setAside(handle, each.taskInstance);
          }
          return stray;
        });
    return readable;
  }

  /** It stays picked, and is nobody's: without a heartbeat it is never found dead, nor counted. */
  private static void setAside(Handle handle, TaskInstanceId stray) {
    LOG.error("Execution {} belongs to no job and is set aside.", stray.getId());
    handle.execute(
        "update scheduled_tasks set last_heartbeat = null where task_name = ? and task_instance = ?",
        stray.getTaskName(),
        stray.getId());
  }

  private boolean anythingDue() {
    return database.read(
        handle -> {
          List<Share> shares = offer.shares(handle);
          return !shares.isEmpty() && anythingDue(handle, shares);
        });
  }

  private boolean anythingDue(Handle handle, List<Share> shares) {
    Query query = handle.createQuery(DuePicking.sqliteMostUrgent(shares));
    int index = 0;
    for (Share share : shares) {
      query.bind(index++, share.jobType()).bind(index++, share.places());
    }
    return query.bind(index, clock.instant()).mapTo(Long.class).findOne().isPresent();
  }
}
