package dev.ss.store;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.Task;
import java.util.List;
import java.util.function.Supplier;

/** db-scheduler, set up for a database so that its writes join {@link Transactions}. */
final class Executions {
  private Executions() {}

  static SchedulerClient client(Database database) {
    return SchedulerClient.Builder.create(database.transactions().forScheduler())
        .jdbcCustomization(database.dialect().schedulerCustomization(Supplier::get))
        .serializer(new NoTaskData())
        .enablePriority()
        .build();
  }

  /** What is done around the picking of due executions. */
  interface Picking {
    /** Picks, or leaves it. */
    List<Execution> around(Supplier<List<Execution>> pick);
  }

  static SchedulerBuilder scheduler(Database database, Task<?> task, Picking picking) {
    return Scheduler.create(database.transactions().forScheduler(), task)
        .jdbcCustomization(database.dialect().schedulerCustomization(picking))
        .serializer(new NoTaskData())
        .enablePriority()
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
