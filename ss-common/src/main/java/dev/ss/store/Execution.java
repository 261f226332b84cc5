package dev.ss.store;

import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import dev.ss.job.Attempt;
import java.time.Instant;
import java.util.UUID;

/**
 * A job's entry in db-scheduler's table: the promise of its next run. Each run has its own, so that
 * nothing which still holds an earlier one can touch a later one.
 *
 * @param run the value of the job's {@code run} once this execution has started it
 */
public record Execution(UUID jobId, int run) {
  /** The one task db-scheduler knows; jobs of all types are instances of it. */
  public static final TaskDescriptor<Void> TASK = TaskDescriptor.of("job");

  /** The execution with this db-scheduler instance id. */
  public static Execution of(TaskInstanceId instance) {
    String id = instance.getId();
    int dot = id.lastIndexOf('.');
    return new Execution(
        UUID.fromString(id.substring(0, dot)), Integer.parseInt(id.substring(dot + 1)));
  }

  /** The execution that started this attempt. */
  static Execution of(Attempt attempt) {
    return new Execution(attempt.jobId(), attempt.run());
  }

  TaskInstanceId instanceId() {
    return TaskInstanceId.of(TASK.getTaskName(), id());
  }

  SchedulableInstance<Void> at(Instant time, int priority) {
    return TASK.instance(id()).priority(priority).scheduledTo(time);
  }

  private String id() {
    return jobId + "." + run;
  }
}
