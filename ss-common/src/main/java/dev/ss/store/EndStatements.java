package dev.ss.store;

import dev.ss.job.AttemptEnd;
import dev.ss.job.CpuTime;
import dev.ss.job.ErrorCode;
import dev.ss.job.JobState;
import dev.ss.job.NextStep;
import dev.ss.job.Output;
import dev.ss.job.Resources;
import dev.ss.job.RunOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** The statements that store how attempts ended: in the job, and as a row of its history. */
interface EndStatements {
  /**
   * How an attempt ended, as column values.
   *
   * @param state the job's new state; {@code cancelled} replaces {@code queued} if a client has
   *     asked to cancel the job
   * @param refund what to subtract from the job's attempt number if the job is queued again: 0 or 1
   * @param runAt when the job may run, if it is queued again
   * @param outcome how the attempt ended
   * @param streams what the command wrote; empty if nobody knows
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
      RunOutcome outcome,
      Optional<Streams> streams,
      Resources resources) {

    private static final NextStep.Requeue NO_DELAY = new NextStep.Requeue(Duration.ZERO, false);

    /** What a command wrote. */
    record Streams(Output output, Output log) {}

    Optional<Output> output() {
      return streams.map(Streams::output);
    }

    Optional<Output> log() {
      return streams.map(Streams::log);
    }

    /** What the job says about its last finished attempt; an attempt that was cut off is none. */
    Optional<Output> shown(Function<Streams, Output> stream) {
      return switch (outcome) {
        case INTERRUPTED, LOST -> Optional.empty();
        case SUCCEEDED, FAILED, TIMED_OUT, OUT_OF_MEMORY, CANCELLED -> streams.map(stream);
      };
    }

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
          end.result().outcome(),
          streams(end),
          end.result().resources());
    }

    /** Empty for a lost attempt, whose worker nobody can ask. */
    private static Optional<Streams> streams(AttemptEnd end) {
      return end.result().outcome() == RunOutcome.LOST
          ? Optional.empty()
          : Optional.of(new Streams(end.result().stdout(), end.result().stderr()));
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
