package dev.ss.store;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.Task;

/** db-scheduler, set up for a database so that its writes join {@link Transactions}. */
public final class Executions {
  private Executions() {}

  static SchedulerClient client(Database database) {
    return SchedulerClient.Builder.create(database.transactions().forScheduler())
        .jdbcCustomization(database.dialect().schedulerCustomization())
        .serializer(new NoTaskData())
        .enablePriority()
        .build();
  }

  /** A scheduler that polls this database as suits it; the rest is the caller's to set. */
  public static SchedulerBuilder scheduler(Database database, Task<?> task) {
    SchedulerBuilder builder =
        Scheduler.create(database.transactions().forScheduler(), task)
            .jdbcCustomization(database.dialect().schedulerCustomization())
            .serializer(new NoTaskData())
            .enablePriority();
    database.dialect().configurePolling(builder);
    return builder;
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
