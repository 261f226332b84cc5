package dev.ss.store;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.Task;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** db-scheduler, set up for a database so that its writes join {@link Transactions}. */
final class Executions {
  /**
   * Executions of a type nobody here knows are somebody else's, or wait until the type is
   * configured again; db-scheduler would delete them.
   */
  private static final Duration UNKNOWN_TYPES_WAIT = Duration.ofDays(1_000_000);

  private Executions() {}

  static SchedulerClient client(Database database) {
    return SchedulerClient.Builder.create(database.transactions().forScheduler())
        .jdbcCustomization(database.dialect().schedulerCustomization(pick -> List.of()))
        .serializer(new NoTaskData())
        .enablePriority()
        .build();
  }

  /** What is done around the picking of due executions. */
  interface Picking {
    /** Picks of these shares, or leaves it. */
    List<Execution> around(Function<List<Share>, List<Execution>> pick);
  }

  static SchedulerBuilder scheduler(Database database, List<Task<?>> tasks, Picking picking) {
    return Scheduler.create(database.transactions().forScheduler(), tasks)
        .jdbcCustomization(database.dialect().schedulerCustomization(picking))
        .serializer(new NoTaskData())
        .enablePriority()
        .deleteUnresolvedAfter(UNKNOWN_TYPES_WAIT)
        // An upper limit above 1.0 would leave picked executions stranded when the worker stops.
        .pollUsingLockAndFetch(0.5, 1.0);
  }

  /** All there is to know about a job is in its row; nothing is ever deserialized from a task. */
  private static final class NoTaskData implements Serializer {
    @Override
    public byte[] serialize(Object data) {
      return null;
    }

    @Override
    public <T> T deserialize(Class<T> type, byte[] serialized) {
      return null;
    }
  }
}
