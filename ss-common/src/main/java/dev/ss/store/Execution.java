package dev.ss.store;

import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import dev.ss.job.Attempt;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A job's entry in db-scheduler's table: the promise of its next run. Each run has its own, so that
 * nothing which still holds an earlier one can touch a later one.
 *
 * @param run the value of the job's {@code run} once this execution has started it
 */
public record Execution(UUID jobId, int run) {
  private static final Pattern ID =
      Pattern.compile("(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})\\.(\\d{1,9})");

  /** The task db-scheduler knows the jobs of this type by. */
  public static TaskDescriptor<Void> task(String jobType) {
    return TaskDescriptor.of(jobType);
  }

  /**
   * The execution with this db-scheduler instance id.
   *
   * @throws IllegalArgumentException if no job has an execution of such an id
   */
  public static Execution of(TaskInstanceId instance) {
    return find(instance)
        .orElseThrow(() -> new IllegalArgumentException("no job's execution: " + instance.getId()));
  }

  /** The same; nothing if no job has an execution of such an id. */
  static Optional<Execution> find(TaskInstanceId instance) {
    Matcher id = ID.matcher(instance.getId());
    return id.matches()
        ? Optional.of(new Execution(UUID.fromString(id.group(1)), Integer.parseInt(id.group(2))))
        : Optional.empty();
  }

  /** The execution that started this attempt. */
  static Execution of(Attempt attempt) {
    return new Execution(attempt.jobId(), attempt.run());
  }

  TaskInstanceId instanceId(String jobType) {
    return TaskInstanceId.of(jobType, id());
  }

  SchedulableInstance<Void> at(String jobType, Instant time, int priority) {
    return task(jobType).instance(id()).priority(priority).scheduledTo(time);
  }

  private String id() {
    return jobId + "." + run;
  }
}
