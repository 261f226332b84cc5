package dev.ss.job;

import java.time.Duration;
import java.util.function.Function;

/** What happens to a job after one of its attempts has ended. */
public sealed interface NextStep {

  /** The job is final. */
  record Finish(JobState state) implements NextStep {
    @Override
    public <T> T match(Function<Finish, T> finish, Function<Requeue, T> requeue) {
      return finish.apply(this);
    }
  }

  /**
   * The job is queued again.
   *
   * @param delay until the job may run
   * @param refundAttempt whether the ended attempt does not count against the job's maximum
   */
  record Requeue(Duration delay, boolean refundAttempt) implements NextStep {
    /** Whether the job may run at once. */
    public boolean isDue() {
      return delay.isZero();
    }

    @Override
    public <T> T match(Function<Finish, T> finish, Function<Requeue, T> requeue) {
      return requeue.apply(this);
    }
  }

  /** Whether this step makes the job final. */
  default boolean isFinal() {
    return match(finish -> true, requeue -> false);
  }

  /** Applies the function for this kind of step. */
  <T> T match(Function<Finish, T> finish, Function<Requeue, T> requeue);

  /** Returns the next step of the job after this attempt has ended with this outcome. */
  static NextStep after(Attempt attempt, RunOutcome outcome, Backoff backoff) {
    return switch (outcome) {
      case SUCCEEDED -> new Finish(JobState.SUCCEEDED);
      case CANCELLED -> new Finish(JobState.CANCELLED);
      case INTERRUPTED -> new Requeue(Duration.ZERO, true);
      case FAILED, TIMED_OUT, OUT_OF_MEMORY ->
          attempt.isLast()
              ? new Finish(JobState.FAILED)
              : new Requeue(backoff.after(attempt.number()), false);
      case LOST ->
          attempt.isLast() ? new Finish(JobState.FAILED) : new Requeue(Duration.ZERO, false);
    };
  }
}
