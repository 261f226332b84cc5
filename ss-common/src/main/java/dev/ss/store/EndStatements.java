package dev.ss.store;

import dev.ss.job.AttemptEnd;
import dev.ss.job.CpuTime;
import dev.ss.job.ErrorCode;
import dev.ss.job.JobState;
import dev.ss.job.NextStep;
import dev.ss.job.Output;
import dev.ss.job.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The statements that store how attempts ended. */
interface EndStatements {
  /**
   * How an attempt ended, as column values.
   *
   * @param state the job's new state; {@code cancelled} replaces {@code queued} if a client has
   *     asked to cancel the job
   * @param refund what to subtract from the job's attempt number if the job is queued again: 0 or 1
   * @param runAt when the job may run, if it is queued again
   * @param output replaces the job's stored output, if present
   * @param resources what the attempt used
   */
  record End(
      UUID jobId,
      int generation,
      int attempt,
      JobState state,
      int refund,
      Instant endedAt,
      Instant runAt,
      Optional<Integer> exitCode,
      Optional<String> errorCode,
      Optional<Streams> output,
      Resources resources) {

    private static final NextStep.Requeue NO_DELAY = new NextStep.Requeue(Duration.ZERO, false);

    /** The output of a command. */
    record Streams(Output stdout, Output stderr) {}

    Optional<Double> cpuSeconds() {
      return resources.cpu().map(CpuTime::seconds);
    }

    /** Empty if no resources are known. */
    Optional<Boolean> resourcesAreLowerBounds() {
      return resources.areKnown() ? Optional.of(resources.areLowerBounds()) : Optional.empty();
    }

    static End of(AttemptEnd end) {
      return end.planned()
          .match(
              finish -> of(end, finish.state(), NO_DELAY),
              requeue -> of(end, JobState.QUEUED, requeue));
    }

    private static End of(AttemptEnd end, JobState state, NextStep.Requeue requeue) {
      return new End(
          end.attempt().jobId(),
          end.attempt().generation(),
          end.attempt().number(),
          state,
          requeue.refundAttempt() ? 1 : 0,
          end.endedAt(),
          end.endedAt().plus(requeue.delay()),
          end.result().exitCode(),
          end.result().errorCode().map(ErrorCode::wireName),
          output(end),
          end.result().resources());
    }

    /**
     * Empty for an interrupted or lost attempt, so that the output of the attempt before it stays.
     */
    private static Optional<Streams> output(AttemptEnd end) {
      return switch (end.result().outcome()) {
        case INTERRUPTED, LOST -> Optional.empty();
        case SUCCEEDED, FAILED, TIMED_OUT, OUT_OF_MEMORY, CANCELLED ->
            Optional.of(new Streams(end.result().stdout(), end.result().stderr()));
      };
    }
  }

  /**
   * Stores each end whose job is still running with the end's generation.
   *
   * @param ends of different jobs
   * @return the new states of the jobs that were updated, by job id
   */
  Map<UUID, JobState> write(Handle handle, List<End> ends);
}
